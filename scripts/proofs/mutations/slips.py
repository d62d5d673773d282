"""The register of slips, and which of them a seed of random numbers draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import yaml

REGISTER = Path(__file__).with_name("slips.yml")
SEED = 20261128


class DoesNotApplyError(Exception):
    """The text that a slip replaces does not stand in its file once."""


@dataclass(frozen=True)
class Slip:
    """One slip: where in the project, what goes wrong, and the text that becomes another."""

    area: str
    slip: str
    file: str
    old: str
    new: str
    harmless: str = ""

    @property
    def name(self) -> str:
        """What the slip is called, the same from run to run."""
        return f"{self.file}: {self.slip}"


@dataclass(frozen=True)
class Area:
    """A part of the project: how many of its slips are drawn, and all of them."""

    name: str
    drawn: int
    slips: tuple[Slip, ...]


@dataclass(frozen=True)
class Draw:
    """The slips drawn, and those passed over on the way, each with its reason."""

    slips: tuple[Slip, ...]
    passed_over: tuple[tuple[Slip, str], ...]


def areas(register: Path = REGISTER) -> list[Area]:
    """Every area of the register."""
    listed = yaml.safe_load(register.read_text(encoding="utf-8"))
    return [
        Area(name, content["drawn"], tuple(Slip(name, **row) for row in content["slips"]))
        for name, content in listed.items()
    ]


def changed(root: Path, slip: Slip) -> str:
    """The text of a slip's file with the slip in it.

    Raises:
        DoesNotApplyError: The file is gone, or does not hold the text once.
    """
    if not (root / slip.file).is_file():
        raise DoesNotApplyError(f"{slip.file} is not there")
    text = (root / slip.file).read_text(encoding="utf-8")
    if (times := text.count(slip.old)) != 1:
        raise DoesNotApplyError(f"its text stands there {times} times, not once")
    return text.replace(slip.old, slip.new)


def unfit(root: Path, slip: Slip) -> str:
    """Why a slip is not drawn; empty where it may be."""
    try:
        changed(root, slip)
    except DoesNotApplyError as error:
        return f"does not apply: {error}"
    return f"changes nothing: {slip.harmless}" if slip.harmless else ""


def drawn(root: Path, every: Sequence[Area], seed: int = SEED) -> Draw:
    """So many slips of each area, the same for the same seed; what does not fit gives way to the next.

    Raises:
        DoesNotApplyError: Too few slips of an area are left.
    """
    found: list[Slip] = []
    passed_over: list[tuple[Slip, str]] = []
    for area in every:
        taken = 0
        for slip in Random(f"{seed}|{area.name}").sample(area.slips, len(area.slips)):
            if taken == area.drawn:
                break
            if reason := unfit(root, slip):
                passed_over.append((slip, reason))
            else:
                found.append(slip)
                taken += 1
        if taken < area.drawn:
            raise DoesNotApplyError(f"{area.name}: only {taken} slips apply of the {area.drawn} to be drawn")
    return Draw(tuple(found), tuple(passed_over))
