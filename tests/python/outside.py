"""Faults from outside, for real: a killed process, a full or read-only disk, missing permission, a writer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT

# Kills the process before its n-th step of moving or removing files, counted from nought.
KILLED_AT = """
import os, signal, sys
steps = {step}
def hook(event, arguments):
    global steps
    if event in ("os.rename", "os.remove", "os.symlink"):
        if steps == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        steps -= 1
"""
OVERRIDES = "-dac_override,-dac_read_search"


def python(script: str, *arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a script with this project's modules."""
    return ran([sys.executable, "-c", script, *map(str, arguments)], cwd)


def ran(command: Sequence[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, all that it prints together."""
    return subprocess.run(
        command,
        cwd=cwd,
        # The scripts' own folder, not this one's.
        env=os.environ | {"PYTHONPATH": f"{cwd}:{ROOT}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )


def with_mounts(script: str, cwd: Path) -> str:
    """Run a shell script that may mount file systems, seen by nobody else; returns what it printed."""
    if (
        not shutil.which("unshare")
        or ran(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], cwd).returncode
    ):
        pytest.skip("this system lets no user mount a file system of their own (unshare -rm)")
    done = ran(["unshare", "-rm", "sh", "-euc", script], cwd)
    assert done.returncode == 0, done.stdout
    return done.stdout


def limited(folder: str, kilobytes: int) -> str:
    """A shell script that puts a folder on a disk of its own with so much room left, 4 at least."""
    return f"""
        cp -a {folder} {folder}.kept
        mount -t tmpfs -o size=100m none {folder}
        cp -a {folder}.kept/. {folder}
        used() {{ df -k --output=used {folder} | tail -1; }}
        room() {{ mount -o remount,size=$(($(used) + $1))k "$PWD"/{folder}; }}
        room {kilobytes}
    """


def without_permission(folder: Path, command: Sequence[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as one who may not write to a folder; the superuser has to give up the right to."""
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("permissions do not bind the superuser, and there is no setpriv to change that")
        command = ["setpriv", f"--bounding-set={OVERRIDES}", f"--inh-caps={OVERRIDES}", *command]
    folder.chmod(0o555)
    try:
        return ran(command, cwd)
    finally:
        folder.chmod(0o755)


@contextmanager
def held(database: Path, how: str, query: str) -> Iterator[subprocess.Popen[str]]:
    """Another program that has a database open, to read or to write; it answers the query for every line."""
    script = (
        "import duckdb, sys\n"
        f"connection = duckdb.connect({str(database)!r}, read_only={how == 'read'})\n"
        "print('ready', flush=True)\n"
        f"for _ in sys.stdin: print(connection.execute({query!r}).fetchone()[0], flush=True)\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout
            assert program.stdout.readline() == "ready\n"
            yield program
        finally:
            program.kill()


def answer(program: subprocess.Popen[str]) -> str:
    """What the other program reads now."""
    assert program.stdin
    assert program.stdout
    program.stdin.write("\n")
    program.stdin.flush()
    return program.stdout.readline().strip()
