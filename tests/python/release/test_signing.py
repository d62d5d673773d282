"""A release says what it was made with and under which licences, and is signed if a key is given."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from tiny_release import tiny_release

from scripts.release import sbom, signing
from scripts.release.publish import RefusedError

pytestmark = pytest.mark.slow("a release is signed, and lists what it was made with")
ROOT = Path(__file__).resolve().parents[3]
WITH_KEYS = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the gates in it and nothing else."""
    shutil.copytree(ROOT / "gates", tmp_path / "project" / "gates")
    return tmp_path / "project"


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key of this test's own, given to the release."""
    path = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
    monkeypatch.setenv(signing.KEY, str(path))
    return path


def verified(folder: Path, public: Path, purpose: str = signing.PURPOSE) -> bool:
    """Whether the checksums are signed with a key, as docs/releases.md has it."""
    signers = public.with_name("allowed_signers")
    signers.write_text(f"index {public.read_text(encoding='utf-8')}", encoding="utf-8")
    command = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", "index", "-n", purpose]
    with (folder / "SHA256SUMS").open("rb") as file:
        done = subprocess.run(
            [*command, "-s", str(folder / "SHA256SUMS.sig")], stdin=file, capture_output=True, check=False
        )
    return done.returncode == 0


@WITH_KEYS
def test_a_release_is_signed_with_the_key_that_is_given(project: Path, key: Path, tmp_path: Path) -> None:
    """The signature passes; not with another key or purpose, nor when a checksum changed."""
    assert tiny_release(project, "1") == 0
    folder = project / "releases" / "1"
    assert (
        subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=folder, check=False).returncode == 0
    )
    assert verified(folder, key.with_suffix(".pub"))
    assert not verified(folder, key.with_suffix(".pub"), "git")
    other = tmp_path / "other"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(other)], check=True)
    assert not verified(folder, other.with_suffix(".pub"))
    sums = folder / "SHA256SUMS"
    sums.write_text(sums.read_text().replace("a", "b", 1))
    assert not verified(folder, key.with_suffix(".pub"))


@pytest.mark.parametrize("broken", ["absent", "no key"])
def test_a_key_that_cannot_sign_refuses_the_release(
    project: Path, broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An absent file before anything is built, a file that is no key at the end; nothing is released."""
    if shutil.which("ssh-keygen") is None and broken == "no key":
        pytest.skip("ssh-keygen is not installed")
    path = tmp_path / "key"
    if broken == "no key":
        path.write_text("no key\n")
    monkeypatch.setenv(signing.KEY, str(path))
    with pytest.raises(RefusedError, match=r"Nothing was released\. There is no release yet"):
        tiny_release(project, "1")
    assert not (project / "releases" / "1").exists()


def test_a_key_without_the_program_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is released unsigned where a signature was asked for."""
    (tmp_path / "key").write_text("a key")
    monkeypatch.setenv(signing.KEY, str(tmp_path / "key"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(signing.SigningError, match="ssh-keygen is not installed"):
        signing.chosen_key()
    monkeypatch.delenv(signing.KEY)
    assert signing.chosen_key() is None


def test_without_a_key_a_release_has_licences_and_a_list_of_software(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no signature; all of it is in the checksums."""
    monkeypatch.delenv(signing.KEY, raising=False)
    assert tiny_release(project, "1") == 0
    folder = project / "releases" / "1"
    assert not (folder / "SHA256SUMS.sig").exists()
    sums = (folder / "SHA256SUMS").read_text()
    for name in ("LICENSE", "LICENSE-DATA.md"):
        assert (folder / name).read_bytes() == (ROOT / name).read_bytes()
        assert f"  {name}\n" in sums
    assert f"  {sbom.SBOM}\n" in sums
    told = json.loads((folder / sbom.SBOM).read_text(encoding="utf-8"))
    assert told["metadata"]["component"]["version"] == "1"


def test_the_list_of_software_is_the_lock_file() -> None:
    """Every pin once, each with a checksum; who needs whom is among them; the same bytes each time."""
    lock = (ROOT / sbom.LOCK).read_text(encoding="utf-8")
    text = sbom.sbom(lock, "1", "2026-11-30T10:00:00Z")
    assert text == sbom.sbom(lock, "1", "2026-11-30T10:00:00Z")
    told = json.loads(text)
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    pins = re.findall(r"^([\w.-]+)(?:\[.*?\])?==(\S+)", lock, re.MULTILINE)
    assert sorted((part["name"], part["version"]) for part in told["components"]) == sorted(
        (name.lower().replace("_", "-"), version) for name, version in pins
    )
    assert all(part["properties"] for part in told["components"])
    references = Counter(part["bom-ref"] for part in told["components"])
    assert set(references.values()) == {1}
    needed = {each for part in told["dependencies"] for each in part["dependsOn"]}
    assert needed == set(references), "a package that nobody needs"
    assert sum("licenses" in part for part in told["components"]) > len(pins) * 0.9


def test_a_lock_file_worked_by_hand() -> None:
    """One that the project needs, one that the other needs; a line of neither kind is named."""
    lock = (
        "# made by make lock\n"
        f"Some_Thing[extra]==1.0 \\\n    --hash=sha256:{'a' * 64} \\\n    --hash=sha256:{'b' * 64}"
        "\n    # via -r in\n"
        f"other==2.0 \\\n    --hash=sha256:{'c' * 64}\n    # via\n    #   -r in\n    #   some-thing\n"
    )
    told = json.loads(sbom.sbom(lock, "1", ""))
    thing, other = "pkg:pypi/some-thing@1.0", "pkg:pypi/other@2.0"
    assert [part["bom-ref"] for part in told["components"]] == [other, thing]
    assert {part["ref"]: part["dependsOn"] for part in told["dependencies"]} == {
        "pkg:generic/council-productivity@1": [other, thing],
        thing: [other],
        other: [],
    }
    assert [each["value"] for each in told["components"][1]["properties"]] == ["a" * 64, "b" * 64]
    with pytest.raises(ValueError, match=r"requirements\.lock, line 2"):
        sbom.sbom("one==1\nsomething else\n", "1", "")
