"""Figures that a file gives, against those that the seeds hold already.

A file may revise what is held. It does not exchange two councils, move every figure down a row, print one
period's figures under another, shift a decimal point or move all councils the same way: those are faults of
the file, or of how it is read, and are named by their cell.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from scripts.ingest import seeds
from scripts.ingest.blocks import CARRIED
from scripts.ingest.contract import NUMBER
from scripts.ingest.errors import IngestError
from scripts.ingest.parts import Part, Reading
from scripts.ingest.present import Present
from scripts.ingest.readers.base import Seed

Key = tuple[str, ...]
Texts = Mapping[Key, str]
#: Fewer figures than these show no pattern.
FEWEST = 20
FEWEST_SHIFTED = 5
#: Share of figures that has to be alike for two columns to be one.
ALIKE = 0.6
#: All but a few moved the same way, and by so much at the median: another concept or unit.
TOGETHER, FAR, FAR_IN_A_YEAR = 0.97, 0.2, 0.4
#: Measures that fell for nearly every council in the pandemic: dental checks, absence from school.
MOVED_TOGETHER = {("outcomes/dfe_lait", "LACDental%"), ("outcomes/dfe_lait", "LAC_Pers_Abs")}
#: A figure so many times another is none of its revisions.
MANY_TIMES = 50
#: Share of an exact power of ten by which a shifted decimal point may be off: digits are lost.
NEAR_POWER = 0.006
FEWEST_ZEROS = 5


@dataclass(frozen=True)
class Block:
    """One column of one block as the file gives it, and where it stands."""

    part: Part
    column: str
    texts: Texts
    rows: Mapping[Key, int]

    def error(self, file: str, found: str, expected: str, key: Key | None = None) -> IngestError:
        """An error that names the figure's cell, or the column's letter."""
        letter = self.part.columns[self.column]
        cell = letter if key is None else f"{letter}{self.rows[key] + 1}"
        return IngestError(file, found, expected, self.part.sheet, cell)


class Held:
    """Figures of the seeds before the run, by seed, block and column."""

    def __init__(self, present: Present) -> None:
        """Take the seeds; each is read when it is first asked for."""
        self.present = present
        self.known: dict[str, dict[tuple[Key, str], dict[Key, str]]] = {}

    def blocks(self, seed: Seed) -> dict[tuple[Key, str], dict[Key, str]]:
        """Texts of a seed by block and column, then by what of the key is not in the block."""
        if seed.path not in self.known:
            of = seeds.layout(self.present.folder, seed.path)
            places = rest_of(of, seed)
            self.known[seed.path] = {
                (block, column): {_short(key, places): text for key, text in held.values.items()}
                for (_, block, column), held in self.present.cell_blocks(of, seed).items()
                # What no file gave gives way to any.
                if held.source.reader != CARRIED
            }
        return self.known[seed.path]


def rest_of(of: seeds.Layout, seed: Seed) -> list[int]:
    """Places in the key of what is not in the block."""
    return [place for place, column in enumerate(of.key) if column not in seed.block]


def _short(key: Key, places: Sequence[int]) -> Key:
    return tuple(key[place] for place in places)


def check_held(file: str, reading: Reading, declared: Mapping[str, Seed], held: Held) -> list[IngestError]:
    """What speaks against a file whose figures are those held, in another place or on another scale."""
    errors: list[IngestError] = []
    for part in reading.parts:
        seed = declared[part.seed]
        places = rest_of(seeds.layout(held.present.folder, part.seed), seed)
        known = held.blocks(seed)
        rows = {_short(key, places): number for key, (number, _) in part.rows.items()}
        blocks = [
            Block(part, name, {_short(key, places): texts[at] for key, (_, texts) in part.rows.items()}, rows)
            for at, name in enumerate(part.columns)
        ]
        errors += _of_rows(file, blocks, known)
        for block in blocks:
            errors += _of_column(file, block, known)
    return errors


def _numbers(texts: Texts) -> dict[Key, float]:
    return {key: float(text) for key, text in texts.items() if NUMBER.fullmatch(text)}


def _of_rows(
    file: str, blocks: Sequence[Block], known: Mapping[tuple[Key, str], Texts]
) -> Iterator[IngestError]:
    """Rows exchanged, moved by one, or printed as 0 where nothing was."""
    part = blocks[0].part
    held = [known.get((part.block, block.column), {}) for block in blocks]
    if not any(held):
        return
    new = {key: tuple(_value(block.texts[key]) for block in blocks) for key in blocks[0].texts}
    old = {
        key: tuple(_value(texts.get(key, "")) for texts in held)
        for key in new
        if any(key in texts for texts in held)
    }
    changed = [key for key in old if new[key] != old[key]]
    if not changed:
        return
    by_vector = {old[key]: key for key in changed}
    pairs = [
        (key, other)
        for key in changed
        if (other := by_vector.get(new[key])) and key < other and new[other] == old[key] and _says(new[key])
    ]
    if pairs and 4 * len(pairs) >= len(changed):
        one, other = pairs[0]
        found = f"the figures held of {' '.join(other)} for {' '.join(one)}, and the other way round"
        yield blocks[0].error(file, found, "each authority's own", one)
        return
    order = list(new)
    for step, word in ((-1, "above"), (1, "below")):
        moved = [
            key
            for at, key in enumerate(order)
            if key in old and new[key] != old[key] and 0 <= at + step < len(order)
            if new[key] == old.get(order[at + step]) and _says(new[key])
        ]
        if len(moved) >= FEWEST_SHIFTED and 2 * len(moved) >= len(changed):
            found = f"figures held of the row {word} in {len(moved)} rows, the first of {' '.join(moved[0])}"
            yield blocks[0].error(file, found, "each authority's own", moved[0])
            return
    zeros = [
        (block, key)
        for at, block in enumerate(blocks)
        for key in changed
        if new[key][at] == 0.0 and not isinstance(old[key][at], float)
    ]
    if len(zeros) >= FEWEST_ZEROS:
        block, key = zeros[0]
        before = held[blocks.index(block)].get(key, "") or "blank"
        found = f"0 where '{before}' is held, and in {len(zeros) - 1} cells more"
        yield block.error(file, found, "a figure, or the symbol for none", key)


def _says(values: tuple[float | str, ...]) -> bool:
    """Whether figures of a row tell it from others: one is a number of some size."""
    return any(isinstance(value, float) and value and (abs(value) >= 10 or value % 1) for value in values)


def _value(text: str) -> float | str:
    return float(text) if NUMBER.fullmatch(text) else text


def _of_column(file: str, block: Block, known: Mapping[tuple[Key, str], Texts]) -> Iterator[IngestError]:
    """Another column's or period's figures, a shifted decimal point, all figures moved the same way."""
    new = _numbers(block.texts)
    own = known.get((block.part.block, block.column), {})
    old = _numbers(own)
    common = [key for key in new if key in old]
    changed = [key for key in common if new[key] != old[key]]
    if own and not changed:
        yield from _lost(file, block, own)
        return
    if len(changed) >= ALIKE * len(common) or not own:
        same = _same_elsewhere(block, new, common if own else list(new), old, known)
        if same:
            yield block.error(
                file, f"the figures held of {same}", f"those of {_named(block.part.block, block.column)}"
            )
            return
    if own:
        yield from _scaled(file, block, new, old, changed)
        yield from _together(file, block, new, old, common, FAR, "what is held")
        yield from _lost(file, block, own)
    else:
        before = _before_period(block.part.block, block.column, known)
        if before and (block.part.seed, *block.part.block[:-1]) not in MOVED_TOGETHER:
            name, texts = before
            near = _numbers(texts)
            common = [key for key in new if key in near]
            yield from _together(file, block, new, near, common, FAR_IN_A_YEAR, " ".join(name))


def _named(block: Key, column: str) -> str:
    return " ".join((*block, column))


def _same_elsewhere(
    block: Block,
    new: Mapping[Key, float],
    keys: Sequence[Key],
    old: Mapping[Key, float],
    known: Mapping[tuple[Key, str], Texts],
) -> str:
    """Which held block, other than its own, has most of the figures; empty if none has."""
    if len([key for key in keys if new[key]]) < FEWEST:
        return ""
    for (name, column), texts in known.items():
        apart = sum(one != other for one, other in zip(name, block.part.block, strict=True))
        if apart + (column != block.column) != 1:
            continue
        telling = [
            key for key in keys if new[key] and key in texts and not (key in old and old[key] == new[key])
        ]
        if len(telling) < FEWEST or len({new[key] for key in telling}) < FEWEST // 2:
            continue
        alike = [key for key in telling if _value(texts[key]) == new[key]]
        # Nine in ten at 100 % say nothing, nor does what is printed again every year, as areas.
        is_told = len({new[key] for key in alike}) >= FEWEST // 2
        if is_told and len(alike) >= ALIKE * len(telling) and not _repeats(name, column, texts, known):
            return _named(name, column)
    return ""


def _repeats(name: Key, column: str, texts: Texts, known: Mapping[tuple[Key, str], Texts]) -> bool:
    """Whether a held column has most of the figures of the period before it, so that the next may too."""
    before = _before_period(name, column, known)
    if before is None:
        return False
    both = [key for key, text in _numbers(texts).items() if text and key in before[1]]
    alike = sum(texts[key] == before[1][key] for key in both)
    return bool(both) and alike >= ALIKE * len(both)


def _scaled(
    file: str,
    block: Block,
    new: Mapping[Key, float],
    old: Mapping[Key, float],
    changed: Iterable[Key],
) -> Iterator[IngestError]:
    for key in changed:
        if not new[key] or not old[key] or new[key] * old[key] < 0:
            continue
        power = math.log10(new[key] / old[key])
        is_shifted = abs(power) > 0.9 and abs(10 ** (power - round(power)) - 1) < NEAR_POWER
        is_counted = all(number % 1 == 0 and abs(number) < 100 for number in (new[key], old[key]))
        if (is_shifted and not is_counted) or abs(power) > math.log10(MANY_TIMES):
            found = f"{block.texts[key]} for {' '.join(key)} where {old[key]:g} is held"
            yield block.error(file, found, "a figure of the same size", key)


def _together(
    file: str,
    block: Block,
    new: Mapping[Key, float],
    old: Mapping[Key, float],
    common: Iterable[Key],
    limit: float,
    than: str,
) -> Iterator[IngestError]:
    both = [(old[key], new[key]) for key in common if old[key] > 0 and new[key] > 0]
    if len(both) < FEWEST:
        return
    ways = Counter(math.copysign(1, after - before) for before, after in both if after != before)
    middle = median(after / before for before, after in both)
    if max(ways.values(), default=0) >= TOGETHER * len(both) and abs(math.log(middle)) > math.log(1 + limit):
        found = f"{middle:.2f} times {than} at the middle authority, nearly all moved the same way"
        yield block.error(file, found, f"{block.column} as before: has what is counted changed?")


def _lost(file: str, block: Block, own: Texts) -> Iterator[IngestError]:
    """A kind of row, as a tenure, that is held for this period and gone from the file."""
    if not own or len(next(iter(own))) < 2:
        return
    for place in range(1, len(next(iter(own)))):
        kept = {key[place] for key in block.texts}
        gone = Counter(
            key[place] for key, text in own.items() if NUMBER.fullmatch(text) and key[place] not in kept
        )
        for kind, count in sorted(gone.items()):
            if count >= FEWEST:
                found = f"no row of '{kind}' in {' '.join(block.part.block)}"
                yield block.error(file, found, f"{count} authorities, as held")


def _before_period(
    block: Key, column: str, known: Mapping[tuple[Key, str], Texts]
) -> tuple[Key, Texts] | None:
    """The held block of the period before, where a block's last text is its period."""
    *item, period = block or ("",)
    earlier = [
        (name, texts)
        for (name, other), texts in known.items()
        if other == column and name and list(name[:-1]) == item and name[-1] < period
    ]
    return max(earlier, key=lambda each: each[0][-1], default=None)
