"""What came of the slips, as a page that a person can read."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from scripts import changed
from scripts.proofs.markdown import markdown, prose, share
from scripts.proofs.mutations.checks import ALL, CHEAP, DEAR, TEST, TIERS
from scripts.proofs.mutations.harness import LATER, NOBODY, Harness, Result
from scripts.proofs.mutations.slips import SEED, Draw, Slip

WHO = {tier: f"`{tier}`" for tier in TIERS} | {NOBODY: "nobody", LATER: "not `make test`"}


def summary(results: Sequence[Result]) -> str:
    """How many slips each tier stops, with those before it."""
    counts = Counter(result.tier for result in results)
    stopped = len(results) - counts[NOBODY] - counts[LATER]
    rows: list[tuple[str, int, str]] = [("Slips made", len(results), "")]
    rows.append(("stopped by any check", stopped, "100 %"))
    sofar = 0
    for tier in TIERS:
        sofar += counts[tier]
        if counts[tier] or tier in (TEST, ALL):
            rows.append((f"stopped by {WHO[tier]}", sofar, share(sofar, stopped)))
    rows.append(("stopped by nobody", counts[NOBODY], ""))
    if counts[LATER]:
        rows.append(("left to later tiers, not asked yet", counts[LATER], ""))
    return markdown(["", "Slips", "Of those stopped"], rows)


def code(text: str) -> str:
    """Text as code, where there is any."""
    return f"`{text}`" if text else ""


def listed(results: Sequence[Result]) -> str:
    """Every slip and what stops it."""
    rows = [
        (code(result.file), result.slip, WHO[result.tier], code(result.check), f"{result.seconds:.0f}")
        for result in results
    ]
    return markdown(["File", "Slip", "Stopped by", "Check", "Seconds"], rows)


def kind(result: Result) -> tuple[str, str]:
    """What sort of check stopped a slip, and the command that runs it."""
    if result.check.startswith("tests/"):
        return "a test of pytest", "python -m pytest TEST"
    if result.check in (*CHEAP, *DEAR):
        return result.check, f"python -m pre_commit run {result.check} --files FILE"
    if result.command.endswith("scripts.changed HEAD"):
        what, _, rest = result.check.partition(" ")
        # dbt calls a data test a test.
        sort = {"test": "a data test", "unit": "a unit test", "model": "a model", "seed": "a seed"}
        return f"dbt: {sort.get(what, rest and what)}", "python -m scripts.changed HEAD"
    return result.check, result.command


def kinds(results: Sequence[Result]) -> str:
    """How many slips each sort of check stops first."""
    counts = Counter(kind(result) for result in results if result.tier not in (NOBODY, LATER))
    rows = [(what, code(command), number) for (what, command), number in counts.most_common()]
    return markdown(["First stopped by", "Command", "Slips"], rows) if rows else "None."


def unstopped(results: Sequence[Result]) -> str:
    """Slips that nobody stops."""
    rows = [
        (code(result.file), result.slip, result.marts_changed or "-")
        for result in results
        if result.tier in (NOBODY, LATER)
    ]
    return markdown(["File", "Slip", "Marts that differ"], rows) if rows else "None."


def passed_over(draw: Draw) -> str:
    """Slips that were drawn and gave way to the next."""
    rows = [(code(slip.file), slip.slip, reason) for slip, reason in draw.passed_over]
    return markdown(["File", "Slip", "Why"], rows) if rows else "None."


def day(harness: Harness, commit: str) -> str:
    """The day of a commit."""
    return changed.git(harness.project, "log", "-1", "--format=%cs", commit).decode().strip()


def report(harness: Harness, slips: Sequence[Slip]) -> str:
    """The whole page."""
    place = {slip.slip: number for number, slip in enumerate(slips)}
    results = sorted(
        (result for result in harness.results.read() if result.slip in place),
        key=lambda result: place[result.slip],
    )
    commits = sorted({result.commit for result in results})
    at = " and ".join(f"{commit[:9]} of {day(harness, commit)}" for commit in commits)
    by_area = Counter(slip.area for slip in slips)
    shares = ", ".join(f"{number} of {area}" for area, number in by_area.items()).replace("_", " ")
    today = f"{datetime.datetime.now(datetime.UTC):%-d %B %Y}"
    minutes = sum(result.seconds for result in results) / 60
    excused = ", ".join(code(name) for name in harness.excused) or "none"
    parts = [
        "# Slips in code",
        prose(
            f"""
            Whether the checks stop what goes wrong in code, tried: a realistic slip is made in a copy of the
            project, one at a time, and the checks run on it until one fails. This page says which, and who
            runs it: {len(results)} slips, drawn with the seed {SEED} from
            `scripts/proofs/mutations/slips.yml` ({shares}). Run on {today}, at
            commit {at}. Made by:
            """
        ),
        "```sh\nmake mutations\n```",
        summary(results),
        prose(
            """
            Each tier runs what the one before it runs; a slip counts for the first that stops it. What
            each of them is, and when it runs: [continuous integration](ci.md).
            """
        ),
        kinds(results),
        "## Slip by slip",
        listed(results),
        "## Stopped by nobody",
        unstopped(results),
        "## Passed over",
        prose(
            """
            A slip whose text no longer stands in its file, or that was found to change nothing that anyone
            can see, gives way to the next of its area.
            """
        ),
        passed_over(harness.draw()),
        "## How it is done",
        prose(
            f"""
            A slip is a text in one file and what it becomes. Most of the files were drawn by chance; the
            slips in them were written by hand, before any was made. Each is made in a clone of the commit
            that has the commit's database, and checked in this order: ruff, mypy and yamllint on
            the file; dbt on what differs and what depends on it, upon a copy of the database; the tests of
            pytest that guard or name the file, then all others, up to the first that fails; the other
            linters; the slow proofs. Whatever fails is run again without the slip, and does not count if it
            fails then, too (so did: {excused}). The clone has no publications beside it, as nobody has who
            takes the project from its repository. Results go one by one to `results.csv` in the folder
            target/mutations, each with the command that stops the slip; a run that was stopped goes on.
            {minutes:.0f} minutes on two processors that other work shared.
            """
        ),
    ]
    return "\n\n".join(parts) + "\n"
