"""What came of the planted faults, as a page that a person can read."""

from __future__ import annotations

import importlib.metadata
import re
import statistics
from collections import Counter
from collections.abc import Sequence

from scripts.proofs.markdown import markdown, prose, share
from scripts.proofs.planted_faults.faults import EACH, SEED, Result
from scripts.proofs.planted_faults.harness import DRAWS, Harness
from scripts.proofs.planted_faults.kinds import KINDS, Kind
from scripts.proofs.planted_faults.reach import EARLIER, NEWEST, NO_EDITION

LAYERS = {
    "source": "Seeds: reader, form of the rows, codes, text that is neither number nor symbol",
    "grading": "Grading rules: bounds, goalposts, coverage, polarity, weights, zeros, deflator, margins",
    "reconciliation": "Sums and means tie to what is published",
    "keys": "Keys and references of models",
    "property": "Properties of scores, ranks and bands",
    "model": "A model that cannot be built",
    "contract": "Contract of a mart",
    "distribution": "Release gates that need no last release",
    "release": "Release gates that compare with the last release",
    "build": "A build that breaks off",
}
# Where a fault stands: what a release is compared with that holds its edition, or does not.
EDITIONS = {
    NEWEST: "Newest edition, which no release holds",
    EARLIER: "Earlier editions, which a release holds",
    NO_EDITION: "Registers and whole files, of no one edition",
}
# Of faults that a release would feel, the shares in percent that have to be blocked.
AIMS = {"large": 95, "any": 90}
# Under which heading of the page the faults of an outcome are listed one by one; those caught are not.
HEADINGS = {"Through": "through", "Only warned of": "warned of", "Harmless": "harmless"}
# Why a fault, or any of its kind, may get through, where the numbers alone do not say it.
COUNTED_ONLY = "No value is used otherwise: only the scorecard's count of printed figures moves"
REASONS: dict[str, str] = {
    "blank for a symbol": "Blank is a symbol here too: the reason for no value changes, no value does",
    "a county's total beside its districts": f"{COUNTED_ONLY}, as the county's code stands for no district",
    "register row removed: printed code": "Only a table of spend by line reads the population it refuses",
    "register row removed: suspect value": f"{COUNTED_ONLY}: the item belongs to a refused measure",
}


def first_layer(result: Result) -> str:
    """The earliest layer that caught a fault."""
    found = result.caught_by_layer.split(", ")
    return next(layer for layer in LAYERS if layer in found)


def effect(result: Result) -> str:
    """What a fault did to published ranks."""
    if not result.ranks_moved:
        changed = result.verdicts_changed
        return f"no rank moves, {changed:,} verdicts change" if changed > 0 else "no rank moves"
    beyond = f"{result.ranks_beyond_band:,} beyond the band" if result.ranks_beyond_band else "none beyond it"
    others = [
        f"{count:,} {what}"
        for count, what in (
            (result.ranks_come_or_gone, "come or gone"),
            (result.top_tens_changed, "places in top tens change hands"),
            (result.verdicts_changed, "verdicts change"),
        )
        if count > 0
    ]
    return ", ".join(
        [f"{result.ranks_moved:,} ranks move, by {result.largest_move} at most", beyond, *others]
    )


def reason(result: Result) -> str:
    """Why a fault got through."""
    return REASONS.get(result.fault) or REASONS.get(result.kind, "")


def summary(results: Sequence[Result]) -> list[str]:
    """How many faults there were, and how many were caught by whom."""
    counts = Counter(result.outcome for result in results)
    felt = [result for result in results if result.outcome != "harmless"]
    caught = [result for result in felt if result.outcome == "caught"]
    by_layer = Counter(first_layer(result) for result in caught)
    gates = by_layer["distribution"] + by_layer["release"]
    beyond = [
        result for result in felt if result.ranks_beyond_band and result.effect_on == "ranks and verdicts"
    ]
    beyond_caught = [result for result in beyond if result.outcome == "caught"]
    alone = len(caught) - by_layer["release"]
    rows = [
        ("Faults planted", len(results), ""),
        ("of these harmless: no published table differs by anything", counts["harmless"], ""),
        ("Faults that change something published, or would have", len(felt), "100 %"),
        (
            "caught by the build (seeds and data tests of dbt)",
            len(caught) - gates,
            share(len(caught) - gates, len(felt)),
        ),
        ("caught by the build or by gates without a last release", alone, share(alone, len(felt))),
        ("caught by the build or by any release gate", len(caught), share(len(caught), len(felt))),
        ("not blocked, but listed as a warning", counts["warned of"], share(counts["warned of"], len(felt))),
        (
            "caught, or listed as a warning",
            len(caught) + counts["warned of"],
            share(len(caught) + counts["warned of"], len(felt)),
        ),
        ("through without a word", counts["through"], share(counts["through"], len(felt))),
    ]
    return [
        markdown(["", "Faults", "Share"], rows),
        "",
        prose(
            f"""
            Faults that passed the build and moved a published rank beyond its band: {len(beyond)}; the
            release gates block {len(beyond_caught)} of them.
            """
        ),
    ]


def blocked_share(results: Sequence[Result]) -> str:
    """How many faults the build or a gate blocks, and their share."""
    blocked = sum(result.outcome == "caught" for result in results)
    return f"{blocked} of {len(results)} ({share(blocked, len(results))})" if results else "none planted"


def by_edition(results: Sequence[Result]) -> str:
    """Outcomes of faults in editions that a release holds, in the newest, which none holds, and elsewhere."""
    rows = []
    for edition, what in [*EDITIONS.items(), ("", "All")]:
        mine = [result for result in results if result.edition == edition or not edition]
        counts = Counter(result.outcome for result in mine)
        first = Counter(first_layer(result) for result in mine if result.outcome == "caught")
        gates = first["distribution"] + first["release"]
        rows.append(
            (
                what,
                len(mine),
                counts["harmless"],
                counts["caught"] - gates,
                gates,
                counts["warned of"],
                counts["through"],
                share(counts["caught"], len(mine) - counts["harmless"]),
            )
        )
    header = [
        "Where the fault stands",
        "Planted",
        "Harmless",
        "Build",
        "Gates",
        "Warned",
        "Through",
        "Blocked",
    ]
    return markdown(header, rows)


def aims(results: Sequence[Result]) -> list[str]:
    """What is blocked of the faults that ranks would feel, held against what is aimed at."""
    measured = [result for result in results if result.effect_on != "nothing"]
    rows = []
    for edition, what in [*EDITIONS.items(), ("", "All")]:
        mine = [result for result in measured if result.edition == edition or not edition]
        large = [result for result in mine if result.is_large]
        felt = [result for result in mine if result.ranks_moved]
        rows.append((what, blocked_share(large), blocked_share(felt)))
    new = [result for result in measured if result.edition == NEWEST and result.is_large]
    felt = [result for result in measured if result.ranks_moved]
    reached = [
        f"{sum(result.outcome == 'caught' for result in found)} of {len(found)} blocked, {verb}"
        for found, aim in ((new, AIMS["large"]), (felt, AIMS["any"]))
        for verb in ["reached" if missed(found, aim) <= 0 else "missed"]
    ]
    unknown = len(results) - len(measured)
    return [
        markdown(
            [
                "Where the fault stands",
                "Blocked of those that move a rank by more than five places, a verdict or a top ten",
                "Blocked of those that move any rank",
            ],
            rows,
        ),
        "",
        prose(
            f"""
            Aimed at: {AIMS["large"]} % of the first in the newest edition ({reached[0]}), {AIMS["any"]} % of
            the second everywhere ({reached[1]}). What the build stops is taken to the ranks
            without its checks, to count what it would have moved; verdicts are not worked out for it. Of
            {unknown} faults that the models do not take at all nothing is known, and they are left out here.
            A rank that is lost or won counts as one that moves by more than five places.
            """
        ),
    ]


def missed(results: Sequence[Result], aim: int) -> float:
    """By how many faults an aim in percent is missed; zero or less where it is reached."""
    return aim * len(results) / 100 - sum(result.outcome == "caught" for result in results)


def told(kind: Kind) -> str:
    """A kind and how it happens."""
    return f"{kind.name}: {kind.practice}"


def by_kind(results: Sequence[Result]) -> str:
    """A line for each kind."""
    rows = []
    for name, kind in KINDS.items():
        mine = [result for result in results if result.kind == name]
        if not mine:
            continue
        counts = Counter(result.outcome for result in mine)
        caught = Counter(first_layer(result) for result in mine if result.outcome == "caught")
        gates = caught["distribution"] + caught["release"]
        checks = Counter(
            check.split(": ", 1)[1] if "reader" in check else f"`{check.split(': ', 1)[1]}`"
            for result in mine
            if result.outcome == "caught"
            for check in result.caught_by.split("; ")[:1]
        )
        felt = len(mine) - counts["harmless"]
        rows.append(
            (
                told(kind),
                len(mine),
                counts["caught"] - gates or "",
                gates or "",
                counts["warned of"] or "",
                counts["through"] or "",
                counts["harmless"] or "",
                share(counts["caught"], felt).removesuffix(".0 %").removesuffix(" %"),
                ", ".join(check for check, _ in checks.most_common(2)),
            )
        )
    header = ["Kind", "Planted", "Build", "Gates", "Warned", "Through", "Harmless", "Caught, %", "Mostly by"]
    return markdown(header, rows)


def by_layer(results: Sequence[Result]) -> str:
    """A line for each layer: how many it caught first, and how many at all."""
    caught = [result for result in results if result.outcome == "caught"]
    first = Counter(first_layer(result) for result in caught)
    every = Counter(layer for result in caught for layer in result.caught_by_layer.split(", "))
    rows = [(what, first[layer], every[layer]) for layer, what in LAYERS.items() if every[layer]]
    return markdown(["Layer", "Caught here first", "Caught here at all"], rows)


def listed(results: Sequence[Result], outcome: str) -> str:
    """The faults of an outcome, one by one."""
    rows = [
        (
            result.fault,
            result.edition.replace("none", "–"),
            f"{result.seed} {result.item}".strip(),
            f"{result.row}: {result.before or 'nothing'} becomes {result.after or 'nothing'}"
            + (f" ({result.lines_changed:,} lines)" if result.lines_changed > 1 else ""),
            effect(result),
            result.caught_by.replace("release: ", "").replace(" (warning)", "")
            if outcome == "warned of"
            else reason(result),
        )
        for result in results
        if result.outcome == outcome
    ]
    last = "Listed by" if outcome == "warned of" else "Why"
    return (
        markdown(["Fault", "Edition", "Where", "First line changed", "Effect", last], rows)
        if rows
        else "None."
    )


def report(harness: Harness) -> str:
    """The whole page."""
    results = harness.results()
    order = list(KINDS)
    results.sort(key=lambda result: (order.index(result.kind), result.fault))
    kinds = {result.kind for result in results}
    clean = harness.real
    seconds = [result.seconds for result in results]
    caught = [result.seconds for result in results if result.outcome == "caught"]
    passed = [result.seconds for result in results if result.outcome != "caught"]
    alarms = ", ".join(f"`{each.split(': ')[1]}`" for each in clean["alarms"]) or "none"
    named = dict.fromkeys(each.split(": ")[1].split(" ")[0] for each in clean["warnings"])
    warnings = ", ".join(f"`{name}`" for name in named) or "none"
    each = max(Counter(result.kind for result in results).values(), default=0)
    absent = [name for name in KINDS if name not in kinds]
    command = "make planted-faults" + (f" EACH={each}" if each != EACH else "")
    parts = [
        "# Planted faults",
        prose(
            f"""
            What stops bad data from being published, tried: realistic faults are planted into copies of the
            seeds, one at a time, and each copy is built and put before the release gates. This page says
            which check caught which fault, and what got through: {len(results)} faults of {len(kinds)}
            kinds, drawn with the seed {SEED} over seeds, items, editions and councils. Made by:
            """
        ),
        f"```sh\n{command}\n```",
        prose(f"The run was ended before these kinds: {'; '.join(absent)}.") if absent else "",
        prose(
            """
            A fault that no published table shows in any cell is harmless and counted apart. *Build*: dbt
            stops, and the database stays as it was. *Gates*: the build passes, and the release stops.
            """
        ),
        *summary(results),
        "## Editions that a release holds, and one that none holds",
        prose(
            f"""
            A fault in the newest edition, {harness.newest}, is compared with a release that ends before it:
            as a new edition is, of which there are no true figures yet. Any other fault is compared with a
            release that holds all editions. Where the kind leaves it open, odd numbers of a kind are planted
            in the newest edition and even ones in earlier ones.
            """
        ),
        by_edition(results),
        *aims(results),
        "## False alarms",
        prose(f"On the real figures: checks and gates that fail: {alarms}; gates that warn: {warnings}."),
        "## By layer",
        by_layer(results),
        "## By kind",
        by_kind(results),
        "## Through",
        listed(results, "through"),
        "## Only warned of",
        "Listed in the release notes for a person to judge; the release goes on.",
        listed(results, "warned of"),
        "## Harmless",
        listed(results, "harmless"),
        "## How it is done",
        prose(
            f"""
            A kind is a function on the rows of one seed and a random generator
            (`scripts/proofs/planted_faults/kinds.py`), so that the same seed plants the same fault. Each
            build starts from the database of the real figures, with {DRAWS} draws for the rank bands, and
            makes anew the seed and what depends on it; dbt reads the project once. It ends after the
            first step in which a check fails: figures to ranks, marts and bands, gates. The gates run
            twice: without a last release, as for figures published for the first time, and with one.
            Results go one by one to `results.csv` in the folder
            target/planted_faults, and a run that was stopped goes on; `make planted-faults KINDS=unit
            EACH=10` plants more of some kinds.
            """
        ),
        prose(
            f"""
            Time: {sum(seconds) / 60:.0f} minutes on two processors that other work shared;
            {middle(seconds)} seconds for the middle fault, {middle(caught)} where it was
            caught and {middle(passed)} where it was not; {clean["seconds"]:.0f} for the real figures.
            DuckDB {importlib.metadata.version("duckdb")}, dbt {importlib.metadata.version("dbt-core")}.
            """
        ),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def outcomes(page: str) -> dict[str, str]:
    """How each fault on a page of this report ended, by its name."""
    found: dict[str, str] = {}
    for kind in KINDS.values():
        if row := re.search(rf"^\| {re.escape(told(kind))} \| (\d+) \|", page, re.MULTILINE):
            found |= {f"{kind.name} #{number}": "caught" for number in range(1, int(row[1]) + 1)}
    for heading, outcome in HEADINGS.items():
        section = page.partition(f"## {heading}\n")[2].partition("\n## ")[0]
        found |= dict.fromkeys(re.findall(r"^\| ([^|]+ #\d+) \|", section, re.MULTILINE), outcome)
    return found


def differing(page: str, results: Sequence[Result]) -> list[str]:
    """A line for each fault that ended otherwise than on a page of this report, by kind."""
    before = outcomes(page)
    return [
        f"{result.fault}: {result.outcome}{f' by {result.caught_by}' * bool(result.caught_by)}; "
        f"on the page {before.get(result.fault, 'it is not there')}"
        for result in sorted(results, key=lambda result: list(KINDS).index(result.kind))
        if before.get(result.fault) != result.outcome
    ]


def middle(seconds: Sequence[float]) -> str:
    """The median of seconds, if there is one."""
    return f"{statistics.median(seconds):.0f}" if seconds else "none"
