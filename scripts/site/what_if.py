"""What if: a page and a file of figures for each edition with an overall ranking; the browser ranks anew."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import yaml

from scripts.site.parts import Cell, Column, Page, Section, Table, link
from scripts.site.said import columns, linked, said
from scripts.site.shared import ROOT, TO_HOME
from scripts.site.words import NO_VALUE, rank_or_reason

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site

SAY = said("what_if")
# What the page lets spend be, as dim_scenario and fct_spend_variant name it.
SPEND = ("raw", "need_adjusted", "three_year", "need_and_place")
RULES = ("spend_index_floor", "spend_index_ceiling", "overall_minimum_lenses")


def what_if_editions(site: Site) -> list[str]:
    """Editions in which councils are ranked overall."""
    return [edition for edition, row in site.editions.items() if row["has_overall_ranking"]]


def what_if_href(site: Site, edition: str) -> str:
    """The address of an edition's page, the headline's without the edition; empty where there is none."""
    if edition not in what_if_editions(site):
        return ""
    return "what-if.html" if edition == site.headline else f"what-if-{edition}.html"


def what_if_link(site: Site, edition: str, code: str = "") -> list[Cell]:
    """A link to an edition's page from a folder below, for a council if one is named; none without a page."""
    href = what_if_href(site, edition)
    chosen = f"#council={code}" if code else ""
    return [link(f"../{href}{chosen}", SAY.way)] if href else []


def figures_of(site: Site, edition: str) -> dict[str, Any]:
    """All that the browser needs of an edition, from the marts; the rules are those of the method version."""
    rules = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    measures = site.figures.by("what_if_measures", "edition", "ranking_id")
    groups: dict[str, list[Row]] = {}
    for row in site.figures.by("what_if_peers", "edition")[edition]:
        groups.setdefault(row["peer_group_id"], []).append(row)
    return {
        "edition": edition,
        "rules": {name: rules[name] for name in RULES},
        "presets": [
            {
                "id": row["scenario_id"],
                "name": row["scenario_name"],
                "weights": row["lens_weights"],
                "spread": row["lens_spread"],
                "mean": row["outcome_mean"],
                "spend": row["spend"],
            }
            for row in site.figures.rows("what_if_presets")
        ],
        "councils": [
            [
                row["gss_code"],
                row["title"],
                rank_or_reason(row),
                row["productivity_rank"],
                row["rank_p05"],
                row["rank_p95"],
            ]
            for row in site.figures.by("what_if_councils", "edition")[edition]
        ],
        "lenses": [
            {
                "id": lens["ranking_id"],
                "name": lens["ranking_name"],
                "weight": lens["weight_in_overall"],
                "spend_weight": lens["spend_weight"],
                "spread_scale": lens["spread_scale"],
                "spend": {name: lens[f"{name}_spend"] for name in SPEND},
                "measures": [
                    {
                        "id": row["measure_id"],
                        "name": row["measure_name"],
                        "weight": row["nominal_weight"],
                        "scores": row["scores"],
                    }
                    for row in measures[(edition, lens["ranking_id"])]
                ],
            }
            for lens in site.figures.by("what_if_lenses", "edition")[edition]
        ],
        "peers": [
            {
                "id": group,
                "name": rows[0]["peer_group_name"],
                "members": [row["members"] for row in rows],
            }
            for group, rows in groups.items()
        ],
    }


def what_if_files(site: Site) -> Iterator[tuple[str, str]]:
    """Name and content of each edition's figures, as a script: a page may not read other files."""
    for edition in what_if_editions(site):
        content = json.dumps(figures_of(site, edition), ensure_ascii=False, separators=(",", ":"))
        yield f"what-if-{edition}.js", f"window.WHAT_IF={content};\n"


def scenario_table(site: Site, edition: str) -> Table:
    """Every council ranked overall: as published with its range, and its rank in each published scenario."""
    ranks = site.figures.by("what_if_scenarios", "edition", "gss_code")
    others = {
        row["scenario_id"]: row["scenario_name"]
        for (at, _), rows in ranks.items()
        if at == edition
        for row in rows
        if row["scenario_id"] != "nominal"
    }
    body: list[tuple[str, Sequence[Cell], str]] = []
    councils = site.figures.by("what_if_councils", "edition")[edition]
    for council in sorted(councils, key=lambda row: row["productivity_rank"] or len(councils)):
        held = {row["scenario_id"]: row for row in ranks.get((edition, council["gss_code"]), [])}
        if not held:
            continue
        body.append(
            (
                council["gss_code"],
                [
                    site.council_link("", council["gss_code"], edition),
                    rank_or_reason(council),
                    *(str(held[name]["productivity_rank"]) if name in held else NO_VALUE for name in others),
                ],
                "",
            )
        )
    return Table(
        "scenarios",
        SAY.scenarios_caption(edition),
        [
            *columns(SAY.scenarios, words_only=("rank",)),
            *(Column(name, heading, numeric=True) for name, heading in others.items()),
        ],
        body,
        sortable=True,
        note=SAY.scenarios_note,
    )


def what_if_page(site: Site, edition: str) -> Page:
    """The page of an edition: the panel, and without JavaScript the published scenarios as a table."""
    path, dated = what_if_href(site, edition), f"what-if-{edition}.html"
    scenarios = {
        row["scenario_id"]: row
        for row in site.figures.rows("what_if_scenarios")
        if row["edition"] == edition and row["scenario_id"] != "nominal"
    }
    figures = figures_of(site, edition)
    return Page(
        path=path,
        also_at=[dated] if path != dated else [],
        title=SAY.title(edition),
        lead=[SAY.lead],
        sections=[
            Section(
                "scenarios",
                SAY.scenarios_title,
                facts=[(row["scenario_name"], row["question"]) for row in scenarios.values()],
                tables=[scenario_table(site, edition)],
            ),
            Section(
                "fixed",
                SAY.fixed_title,
                items=[
                    SAY.who(figures["rules"]["overall_minimum_lenses"]),
                    *SAY.fixed,
                    linked(SAY.how, link("method.html", SAY.method)),
                ],
            ),
        ],
        kind="what-if",
        description=SAY.described(edition),
        crumbs=[*TO_HOME, (site.lens_href("", "overall", edition), SAY.to_overall(edition))],
        editions=[(other, what_if_href(site, other), other == edition) for other in what_if_editions(site)],
        template="what_if.html",
        values={"what_if": figures},
    )
