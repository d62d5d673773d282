"""The software that a release was made with, from the lock file, as a CycloneDX list (SBOM).

None of it is shipped: a release holds figures. What it is made with, by version, checksum and licence, is for
those who have to know before they build it themselves.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import uuid
from dataclasses import dataclass, field
from pathlib import Path

SBOM = "sbom.cdx.json"
LOCK = "requirements.lock"
OURS = "council-productivity"
PINNED = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# Longer than this, a package's field for its licence holds the text of one.
LONGEST_NAME = 60


@dataclass
class Locked:
    """A package of the lock file: version, checksums of its files, who asks for it."""

    name: str
    version: str
    hashes: list[str] = field(default_factory=list)
    asked_by: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Its package URL."""
        return f"pkg:pypi/{normal(self.name)}@{self.version}"


def normal(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name.partition("[")[0]).lower()


def locked(text: str) -> list[Locked]:
    """The packages of a lock file."""
    found: list[Locked] = []
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.strip().removesuffix("\\").strip()
        if not said or line.startswith("#"):
            continue
        if pinned := PINNED.match(said) if not line.startswith(" ") else None:
            found.append(Locked(pinned[1], pinned[2]))
        elif found and (hashed := HASH.fullmatch(said)):
            found[-1].hashes.append(hashed[1])
        elif found and said.startswith("#"):
            name = said.removeprefix("#").strip().removeprefix("via").strip()
            if name:
                found[-1].asked_by.append(name)
        else:
            raise ValueError(f"{LOCK}, line {number}: neither a package nor a checksum: {said!r}")
    return found


def licences(package: Locked) -> list[dict[str, object]]:
    """The licence of an installed package in its own words; empty where another version is installed."""
    try:
        told = importlib.metadata.metadata(package.name)
    except importlib.metadata.PackageNotFoundError:
        return []
    if told["Version"] != package.version:
        return []
    if expressions := told.get_all("License-Expression"):
        return [{"expression": expressions[0]}]
    classes = [name for name in told.get_all("Classifier") or [] if name.startswith("License :: ")]
    names = [name.rsplit(" :: ", 1)[1] for name in classes]
    said = next(iter(told.get_all("License") or []), "").strip()
    if not names and said and "\n" not in said and len(said) <= LONGEST_NAME:
        names = [said]
    return [{"license": {"name": name}} for name in sorted(set(names) - {"OSI Approved"})]


def component(package: Locked) -> dict[str, object]:
    """A package as a component; a checksum each for the files that may be installed of it."""
    told: dict[str, object] = {
        "type": "library",
        "bom-ref": package.address,
        "name": normal(package.name),
        "version": package.version,
        "purl": package.address,
        "properties": [
            {"name": f"{OURS}:file-sha256", "value": checksum} for checksum in sorted(package.hashes)
        ],
    }
    if held := licences(package):
        told["licenses"] = held
    return told


def sbom(lock: str, version: str, created: str) -> str:
    """The list as JSON; the same lock, version and date give the same bytes."""
    packages = sorted(locked(lock), key=lambda package: normal(package.name))
    ours = f"pkg:generic/{OURS}@{version}"
    needs: dict[str, set[str]] = {ours: set(), **{package.address: set() for package in packages}}
    by_name = {normal(package.name): package.address for package in packages}
    for package in packages:
        for name in package.asked_by:
            # What the project itself asks for is "via" its own file.
            needs[by_name.get(normal(name.split(" ")[0]), ours)].add(package.address)
    metadata: dict[str, object] = {
        "component": {
            "type": "data",
            "bom-ref": ours,
            "name": OURS,
            "version": version,
            "licenses": [{"license": {"id": "OGL-UK-3.0"}}],
        }
    }
    if created:
        metadata["timestamp"] = created
    told = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, ours + created + lock)}",
        "version": 1,
        "metadata": metadata,
        "components": [component(package) for package in packages],
        "dependencies": [
            {"ref": reference, "dependsOn": sorted(needed)} for reference, needed in sorted(needs.items())
        ],
    }
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def write(root: Path, folder: Path, version: str, created: str) -> None:
    """Write the list of the lock file into a release."""
    lock = (root / LOCK).read_text(encoding="utf-8")
    (folder / SBOM).write_text(sbom(lock, version, created), encoding="utf-8")
