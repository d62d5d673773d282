"""What the method page says of how far the index can be relied on: verdicts, judgements, kinds of council."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.site.parts import Section, Table, link
from scripts.site.said import columns, said
from scripts.site.words import NO_VALUE, number, signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scripts.site.data import Row
    from scripts.site.pages import Site

SAY = said("method_evidence")


def evidence_sections(site: Site) -> list[Section]:
    """Verdicts that turned round, outside judgements, the type of council, and whether better costs less."""
    [counts] = site.figures.rows("method_evidence")
    found = []
    if counts["verdicts_followed"]:
        found.append(
            Section(
                "turned",
                SAY.turned_title,
                paragraphs=[SAY.turned(counts), SAY.turned_means],
                tables=[turned_table(site.figures.rows("verdict_reversal"))],
            )
        )
    if counts["judged"]:
        found.append(validity_section(site.figures.rows("ranking_validity"), counts))
    if counts["type_measures"]:
        found.append(
            Section(
                "council-type",
                SAY.type_title,
                paragraphs=[SAY.type_counts(counts), SAY.type_means],
                tables=[type_table(site)],
            )
        )
    if counts["between_measures"]:
        found.append(
            Section(
                "value",
                SAY.value_title,
                paragraphs=[
                    f"{SAY.between(counts)} {SAY.within(counts)}",
                    SAY.value_means(counts),
                ],
            )
        )
    return found


def turned_table(rows: Sequence[Row]) -> Table:
    """Of the verdicts of each ranking, how many were followed and how many turned round."""
    return Table(
        "turned",
        SAY.turned_caption,
        columns(SAY.turned_columns),
        [
            (
                row["ranking_id"],
                [
                    row["ranking_name"],
                    number(row["improved_followed"], 0),
                    number(row["improved_turned"], 0),
                    number(row["improved_turned_pct"], 0),
                    number(row["declined_followed"], 0),
                    number(row["declined_turned"], 0),
                    number(row["declined_turned_pct"], 0),
                ],
                "",
            )
            for row in rows
        ],
    )


def validity_section(rows: Sequence[Row], counts: Row) -> Section:
    """Rankings beside outside judgements: overall and lenses, by outcome alone, and the modules."""
    lenses = [row for row in rows if row["ranking_kind"] != "module"]
    by_outcome = [row for row in lenses if row["figure_id"] == "outcome_score"]
    modules = [row for row in rows if row["ranking_kind"] == "module"]
    return Section(
        "validity",
        SAY.validity_title,
        paragraphs=[SAY.validity(counts), SAY.validity_means],
        tables=[
            validity_table(
                "validity",
                SAY.validity_caption,
                [row for row in lenses if row["figure_id"] == "productivity_index"],
                note=SAY.validity_note,
            )
        ],
        folded=[
            *(
                validity_table(f"validity-{part}", caption, held)
                for part, caption, held in (
                    ("outcome", SAY.outcome_caption, by_outcome),
                    ("modules", SAY.modules_caption, modules),
                )
                if held
            ),
            judgements_table(rows),
        ],
    )


def validity_table(part: str, caption: str, rows: Sequence[Row], note: str = "") -> Table:
    """Each ranking and judgement with the correlation, its interval and what that says."""
    figures = {row["figure_id"] for row in rows}
    headings = SAY.judged | (SAY.judged_by if len(figures) > 1 else {}) | SAY.judged_alike
    return Table(
        part,
        caption,
        columns(headings, words_only=("judgement", "figure", "finding")),
        [
            (
                f"{row['ranking_id']}:{row['judgement_id']}:{row['figure_id']}",
                [
                    row["ranking_name"],
                    judgement_name(row),
                    *([SAY.figures[row["figure_id"]]] if len(figures) > 1 else []),
                    signed(row["correlation"], 2),
                    signed(row["correlation_lower"], 2),
                    signed(row["correlation_upper"], 2),
                    SAY.findings[row["finding"]] if row["finding"] else NO_VALUE,
                    number(row["councils"], 0),
                    number(row["editions"], 0),
                ],
                "",
            )
            for row in rows
        ],
        note=note,
    )


def judgement_name(row: Row) -> str:
    """What the pages call a judgement: as the marts do, but for names with words that pages do not use."""
    name: str = SAY.judgement_names.get(row["judgement_id"], row["judgement_name"])
    return name


def judgements_table(rows: Sequence[Row]) -> Table:
    """What to know of each outside judgement before relying on it."""
    known = {(row["judgement_id"], row["caveat"]): judgement_name(row) for row in rows}
    return Table(
        "judgements",
        SAY.judgements_caption,
        columns(SAY.judgements, words_only=SAY.judgements),
        [
            (judgement, [name, caveat], "")
            for (judgement, caveat), name in sorted(known.items(), key=lambda each: each[1])
        ],
    )


def type_table(site: Site) -> Table:
    """The measures whose score is most the type of council."""
    return Table(
        "council-type",
        SAY.type_caption,
        columns(SAY.type_columns, words_only=("lens",)),
        [
            (
                f"{row['ranking_id']}:{row['measure_id']}",
                [
                    link(site.measure_href("", row["measure_id"]), row["measure_name"])
                    if row["measure_id"] in site.measure_uses
                    else row["measure_name"],
                    row["ranking_name"],
                    number(row["council_type_pct"], 0),
                    number(row["councils"], 0),
                    number(row["editions"], 0),
                ],
                "",
            )
            for row in site.figures.rows("council_type")
        ],
    )
