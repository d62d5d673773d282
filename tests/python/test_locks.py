"""Locks: one holder at a time, and none once its process is gone."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.locks import hold, hold_folder

# A process with a child of its own, as the one that renders pages has; the child says when it is there.
HOLDER = """
import os, sys, time
from pathlib import Path
from scripts.locks import hold
with hold(Path(sys.argv[1]), Exception()):
    if not os.fork():
        print(os.getpid(), flush=True)
    time.sleep(60)
"""
REFUSAL = ValueError("wait")


def is_refused(lock: Path) -> bool:
    """Whether a lock is another's."""
    try:
        with hold(lock, REFUSAL):
            return False
    except ValueError as error:
        assert error is REFUSAL
        return True


def test_a_second_run_is_refused(tmp_path: Path) -> None:
    """With the sentence of whoever asks; the file stays and can be held again."""
    lock = tmp_path / "lock"
    with hold(lock, REFUSAL):
        assert is_refused(lock)
        assert is_refused(lock)
    assert lock.exists()
    assert not is_refused(lock)


def test_a_lock_goes_with_a_run_that_fails(tmp_path: Path) -> None:
    """Its own error is what the caller sees, though it be one that also says that something took too long."""
    with pytest.raises(TimeoutError), hold(tmp_path / "lock", REFUSAL):
        raise TimeoutError
    assert not is_refused(tmp_path / "lock")


def test_a_folder_is_held_without_a_file_in_it(tmp_path: Path) -> None:
    """What lies in it is its owner's."""
    with hold_folder(tmp_path, REFUSAL), pytest.raises(ValueError, match="wait"):
        hold_folder(tmp_path, REFUSAL).__enter__()
    assert not list(tmp_path.iterdir())
    with hold_folder(tmp_path, REFUSAL):
        pass


def test_the_system_knows_the_lock(tmp_path: Path) -> None:
    """It is one that other programs see, and that sees theirs."""
    with (tmp_path / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert is_refused(tmp_path / "lock")
        fcntl.flock(file, fcntl.LOCK_UN)
        with hold(tmp_path / "lock", REFUSAL), pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_killed_run_holds_nothing(tmp_path: Path) -> None:
    """Not even where a process that it started outlives it."""
    lock = tmp_path / "lock"
    command = [sys.executable, "-c", HOLDER, str(lock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        child = int(holder.stdout.readline())
        try:
            assert is_refused(lock)
            holder.kill()
            holder.wait()
            assert not is_refused(lock)
        finally:
            os.kill(child, signal.SIGKILL)
