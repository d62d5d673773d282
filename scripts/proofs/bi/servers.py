"""Start a server on a free port of this machine alone, and always stop it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import requests

from scripts.proofs.bi.clients import ClientError

PATIENCE = 300


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def stop(server: subprocess.Popen[bytes]) -> None:
    """End a server and the workers it started."""
    for sign, patience in ((signal.SIGTERM, 10), (signal.SIGKILL, 10)):
        with suppress(ProcessLookupError):
            os.killpg(server.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            server.wait(patience)
            return


@contextmanager
def served(
    command: Sequence[str | Path], port: int, ready: str, log: Path, environment: Mapping[str, str]
) -> Iterator[str]:
    """Run a server until the block ends; gives its address once the page ``ready`` answers."""
    address = f"http://127.0.0.1:{port}"
    # A signal to end would otherwise end this process alone.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=log.parent,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # A group of its own, so that its workers end with it.
            start_new_session=True,
        )
        try:
            patience = time.monotonic() + PATIENCE
            while not answers(address + ready):
                if server.poll() is not None or time.monotonic() > patience:
                    told = log.read_text(errors="replace").strip().splitlines()[-15:]
                    raise ClientError("\n".join([f"{Path(command[0]).name} did not start:", *told]))
                time.sleep(0.2)
            yield address
        finally:
            stop(server)


def answers(address: str) -> bool:
    """Whether a page is there."""
    try:
        return requests.get(address, timeout=10).ok
    except requests.RequestException:
        return False


def keep_serving(address: str, words: str) -> None:
    """Wait for Ctrl-C."""
    print(f"{words}: {address} (Ctrl-C ends it)", flush=True)
    with suppress(KeyboardInterrupt):
        signal.pause()
