"""The pages of the measures: all of them, and one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from scripts.former import former_names
from scripts.site import charts, maps, words
from scripts.site.canvas import wrapped
from scripts.site.parts import About, Cell, Figure, Page, Section, Table, link, small
from scripts.site.said import columns, said
from scripts.site.shared import HOME
from scripts.site.sources import sources_section
from scripts.site.words import plain

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site

SAY = said("measures")


def measures_page(site: Site) -> Page:
    """All measures, those refused too with the reason."""
    sections = []
    rows = site.figures.rows("register")
    for name, group in groupby(
        [row for row in rows if row["status"] == "active"], key=lambda row: row["ranking_name"]
    ):
        sections.append(
            Section(
                name.lower().replace(" ", "-").replace("'", ""),
                name,
                tables=[
                    Table(
                        f"register-{name}",
                        SAY.all_caption(name),
                        columns(SAY.all, words_only=SAY.all),
                        [
                            (
                                row["measure_id"],
                                [
                                    small(
                                        link(
                                            site.measure_href("../", row["measure_id"]), row["measure_name"]
                                        ),
                                        row["unit"],
                                    ),
                                    row["polarity_in_words"],
                                    row["publisher"],
                                    row["first_scored_edition"],
                                    row["last_edition"],
                                ],
                                "",
                            )
                            for row in group
                        ],
                    )
                ],
            )
        )
    sections.append(
        Section(
            "refused",
            SAY.refused_title,
            tables=[
                Table(
                    "refused",
                    SAY.refused_caption,
                    columns(SAY.refused, words_only=SAY.refused),
                    [
                        (
                            row["measure_id"],
                            [row["measure_name"], row["ranking_name"], row["status_reason"] or ""],
                            "",
                        )
                        for row in rows
                        if row["status"] != "active"
                    ],
                )
            ],
        )
    )
    return Page(
        path="measures/index.html",
        title=SAY.all_title,
        lead=[SAY.all_lead],
        sections=sections,
        kind="measures",
        description=SAY.all_described,
        crumbs=HOME,
    )


def evidence_facts(found: Sequence[Mapping[str, Any]]) -> list[tuple[str, Cell]]:
    """References on whether a better outcome costs less: what each found, how strong it is, who gains."""
    if not found:
        return [(SAY.evidence_title, SAY.evidence_none)]
    facts: list[tuple[str, Cell]] = []
    for place, row in enumerate(found):
        reference = link(row["address"], row["reference"]) if row["address"] else row["reference"]
        title = SAY.evidence_more if place else SAY.evidence_title
        facts.append((title, small(reference, SAY.evidence(row))))
    strongest = found[0]
    return [
        *facts,
        (SAY.strength, words.STRENGTH[strongest["strength"]]),
        (SAY.who_gains, words.receivers(strongest["saving_falls_to"])),
    ]


def spread_section(site: Site, row: Row, edition: str, held: Sequence[Row], newest: bool) -> Section:
    """How the values of councils lie in one edition; with the newest, over the editions, too."""
    years = site.measure_editions[row["measure_id"]]
    spread = next(year for year in years if year["edition"] == edition)
    graded = [value for value in held if value["value"] is not None]
    svg = charts.strip(
        SAY.of_edition(row["measure_name"], edition),
        SAY.strip_told(spread),
        [value["value"] for value in graded],
        SAY.strip_axis(row),
        (spread["value_p25"], spread["value_median"], spread["value_p75"]),
        codes=[value["gss_code"] for value in graded],
    )
    strip = Figure(
        Markup(svg),
        SAY.every_council(edition),
        None,
        SAY.strip_legend,
        link("#values", SAY.strip_link),
    )
    figures = [strip, *([over_the_editions(row, years)] if newest else [])]
    return Section("spread", SAY.spread_title, figures=figures)


def over_the_editions(row: Row, years: Sequence[Row]) -> Figure:
    """The median of councils, and where nine tenths of them lie, in every edition."""
    table = Table(
        "spread",
        SAY.over_caption(row["measure_name"]),
        columns(SAY.over, units=dict.fromkeys(("p05", "median", "p95"), str(row["unit"]))),
        [
            (
                year["edition"],
                [
                    year["edition"],
                    SAY.over_held(year),
                    *(plain(year[f"value_{at}"]) for at in ("p05", "p25", "median", "p75", "p95")),
                ],
                "",
            )
            for year in years
        ],
    )
    over = charts.lines(
        SAY.over_named(row["measure_name"]),
        SAY.over_told,
        [year["edition"][2:] for year in years],
        [(SAY.over["median"], "s1", [year["value_median"] for year in years])],
        wrapped(row["unit"], 340, 1)[0],
        band=([year["value_p05"] for year in years], [year["value_p95"] for year in years]),
        every=1 if len(years) <= 7 else 2,
    )
    return Figure(
        Markup(over),
        SAY.over_title,
        table,
        SAY.over_legend,
        shows=("median", "p05", "p95"),
    )


def register_sections(site: Site, uses: Sequence[Row]) -> list[Section]:
    """What the register says of a measure: polarity and why, source, what to mind."""
    row = uses[0]
    register: list[tuple[str, Any]] = [
        *((SAY.register[name], row[name]) for name in ("polarity_in_words", "gradable_because")),
        *evidence_facts(site.evidence[row["measure_id"]]),
        (SAY.goalposts_title, SAY.goalposts(row)),
        (SAY.counted_title, SAY.counted(row)),
    ]
    for name in ("publisher_polarity", "polarity_override_reason", "kind_override_reason"):
        if row[name]:
            register.append((SAY.register[name], row[name]))
    told: dict[str, Any] = {
        "publication": link(row["url"], row["publication_name"]),
        "licence": words.licence(row["licence"]),
        "comes_out": SAY.comes_out(row),
        "series": SAY.series(row),
        "counts_in": SAY.counts_in(uses),
    }
    source = [
        (title, told[name] if name in told else row[name])
        for name, title in SAY.source.items()
        if name != "held_in_part" or row[name]
    ]
    of_uses = [use[kind] for use in uses for kind in ("use_caveat", "lens_caveat")]
    # Two lenses or modules may say the same.
    cares = [text for text in dict.fromkeys([row["caveat"], row["publication_notes"], *of_uses]) if text]
    if row["minimum_denominator"]:
        cares.append(SAY.fewer(row["minimum_denominator"]))
    sections = [
        Section("register", SAY.register_title, facts=register),
        Section("source", SAY.source_title, facts=source),
    ]
    if cares:
        sections.append(
            Section("read-with-care", SAY.care_title, items=[f"{text.rstrip('.')}." for text in cares])
        )
    return sections


def values_section(site: Site, row: Row, edition: str, held: Sequence[Row]) -> Section:
    """The value and grade of every council in an edition, or why there is none."""
    body: list[tuple[str, Sequence[Cell], str]] = [
        (
            value["gss_code"],
            [
                site.council_link("../", value["gss_code"], edition),
                words.MISSING.get(value["missing_reason"] or "", plain(value["value"])),
                value["grade"] or words.NO_VALUE,
            ],
            "missing" if value["missing_reason"] else f"g{value['grade'] or ''}",
        )
        for value in held
    ]
    headings = columns(SAY.values, words_only=("grade",), units={"value": row["unit"]})
    table = Table("values", SAY.of_edition(row["measure_name"], edition), headings, body, sortable=True)
    return Section("values", SAY.every_council(edition), tables=[table])


def measure_page(site: Site, measure_id: str, edition: str | None) -> Page:
    """One measure in one edition: how the councils' values lie, the map, every value.

    The page of the newest edition also says why the measure is graded, where it is from and what to mind.
    """
    uses = site.measure_uses[measure_id]
    row = uses[0]
    editions = site.measure_pages(measure_id)
    newest = edition is None or edition == editions[0]
    sections: list[Section] = []
    if edition:
        held = site.measure_values[(measure_id, edition)]
        sections += [
            spread_section(site, row, edition, held, newest),
            Section(
                "map",
                SAY.map_title,
                paragraphs=[maps.SAYS_GRADE],
                figures=[maps.grade_map(site, row["measure_name"], edition, held)],
            ),
        ]
    if newest:
        sections += register_sections(site, uses)
    if edition:
        sections.append(values_section(site, row, edition, held))
        sections.append(sources_section(site, measure_id, edition, row["measure_name"]))
    slug = row["slug"]
    lead: list[Cell] = [SAY.lead(row, [use["ranking_name"] for use in uses])]
    if not newest:
        lead.append(link(site.measure_href("../", measure_id), SAY.to_newest))
    former = [
        f"measures/{other.replace('_', '-')}.html"
        for other, now in former_names()["measure"].items()
        if now == measure_id
    ]
    dated = f"measures/{slug}-{edition}.html"
    return Page(
        path=f"measures/{slug}.html" if newest else dated,
        also_at=[*former, *([dated] if edition else [])] if newest else [],
        title=row["measure_name"] if newest else SAY.of_edition(row["measure_name"], edition),
        lead=lead,
        sections=sections,
        kind="measure",
        about=About(
            edition=edition or "",
            source=f"{row['publisher']}: {row['publication_name']}",
            licence=row["licence"],
        ),
        description=SAY.described(row["measure_name"]),
        crumbs=[*HOME, ("index.html", SAY.all_title)],
        editions=[
            (other, f"{slug}{'' if other == editions[0] else '-' + other}.html", other == edition)
            for other in reversed(editions)
        ],
    )
