"""Sign a release's checksums, if a key is given: who has the public key can tell that the release is ours."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

KEY = "COUNCIL_PRODUCTIVITY_SIGNING_KEY"
# What the signature is for; a signature of the same key for anything else does not pass here.
PURPOSE = "council-productivity"
SIGNED = "SHA256SUMS"


class SigningError(Exception):
    """A key is given and nothing can be signed with it."""


def chosen_key() -> Path | None:
    """The file of the key that is given, if one is; found out before anything is built."""
    told = os.environ.get(KEY, "").strip()
    if not told:
        return None
    key = Path(told).expanduser()
    if not key.is_file():
        raise SigningError(f"{KEY} is {told}, and no such file is there.")
    if shutil.which("ssh-keygen") is None:
        raise SigningError(f"{KEY} is given, and ssh-keygen is not installed to sign with it.")
    return key


def sign(folder: Path, key: Path) -> Path:
    """Sign the checksums of a folder; returns the signature beside them."""
    command = ["ssh-keygen", "-Y", "sign", "-f", str(key), "-n", PURPOSE, str(folder / SIGNED)]
    # Nobody is there to type a passphrase: a key that has one is taken from an agent.
    quiet = os.environ | {"SSH_ASKPASS_REQUIRE": "never"}
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, env=quiet
    )
    signature = folder / f"{SIGNED}.sig"
    if done.returncode or not signature.exists():
        said = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise SigningError(f"ssh-keygen cannot sign with {key}: {said}")
    return signature
