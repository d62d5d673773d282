"""A council's report: the modules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site import charts, words
from scripts.site.parts import Figure, Section, Table, link, small
from scripts.site.said import columns, said
from scripts.site.shared import LEGEND_TREND, MODULES
from scripts.site.words import number, plain, rank_or_reason, signed

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site

SAY = said("council_modules")


def module_panel(
    module: str, name: str, rows: Sequence[Row], site: Site, extra: Sequence[Table] = ()
) -> Section | None:
    """A module in one panel: outcome by domain in the newest scored edition, standing, spend, change."""
    title, unit, domains = MODULES[module]
    held = [row for row in rows if row["outcome_score"] is not None]
    if not held:
        return None
    newest = held[-1]
    years = [row["edition"] for row in rows]
    bars = [(SAY.all_domains, newest["outcome_score"], newest["peer_outcome_score"])] + [
        (words.words(domain).capitalize(), newest[f"{domain}_score"], newest[f"peer_{domain}_score"])
        for domain in domains
    ]
    domain_table = Table(
        f"{module}-domains",
        SAY.domains_caption(title, name, newest["edition"]),
        columns(SAY.domains),
        [
            (domain_id, [label, number(score), number(peer)], "")
            for domain_id, (label, score, peer) in zip(("all", *domains), bars, strict=True)
        ],
    )
    years_table = Table(
        f"{module}-years",
        SAY.years_caption(title, name),
        columns(SAY.years_before | {"per_head": SAY.per_head(unit)} | SAY.years_after, words_only=("rank",)),
        [
            (
                row["edition"],
                [
                    row["edition"],
                    rank_or_reason(row),
                    number(row["outcome_score"]),
                    number(row["spend_per_head_gbp"], 0),
                    number(row["england_spend_per_head_gbp"], 0),
                    number(row["peer_spend_per_head_gbp"], 0),
                ],
                "",
            )
            for row in rows
        ],
    )
    bar_chart = charts.bars(
        SAY.bars_named(title, newest["edition"]),
        SAY.bars_told(name),
        [(label, score, number(score)) for label, score, _ in bars if score is not None],
        SAY.bars_axis,
    )
    short = [year[2:] for year in years]
    spend_chart = charts.lines(
        SAY.spend_named(title, unit),
        SAY.spend_told(name),
        short,
        [
            (SAY.line["england"], "s3", [row["england_spend_per_head_gbp"] for row in rows]),
            (SAY.line["peers"], "s2", [row["peer_spend_per_head_gbp"] for row in rows]),
            (name, "s1", [row["spend_per_head_gbp"] for row in rows]),
        ],
        SAY.spend_axis(unit),
        every=1 if len(years) <= 7 else 2,
        breaks=site.new_bases(years),
        decimals=0,
    )
    items = [SAY.stands(newest["edition"], rank_or_reason(newest))]
    if newest["change_verdict"]:
        items.append(
            words.change_sentence(
                dict(newest, from_edition=newest["productivity_from_edition"]), newest["edition"]
            )
        )
    return Section(
        module.replace("_", "-"),
        title,
        paragraphs=[link(f"../modules/{module.replace('_', '-')}.html", SAY.to_module(title))],
        items=items,
        figures=[
            Figure(Markup(bar_chart), SAY.bars_title(newest["edition"]), domain_table, shows=("score",)),
            Figure(
                Markup(spend_chart),
                SAY.spend_title(unit),
                years_table,
                LEGEND_TREND,
                shows=("per_head", "england", "peers"),
            ),
        ],
        folded=list(extra),
    )


def grip_table(name: str, rows: Sequence[Row]) -> Table:
    """Outturn against budget."""
    return Table(
        "grip",
        SAY.grip_caption(name),
        columns(SAY.grip, words_only=("grip",)),
        [
            (
                row["edition"],
                [
                    row["edition"],
                    signed(row["over_budget_pct"], 1),
                    signed(row["england_over_budget_pct"], 1),
                    words.GRIP.get(
                        row["grip"] or "", words.MISSING.get(row["missing_reason"] or "", SAY.grip_not_held)
                    ),
                ],
                "",
            )
            for row in rows
        ],
        note=SAY.grip_note,
    )


def context_table(module: str, title: str, name: str, rows: Sequence[Row]) -> Table | None:
    """Figures shown beside the outcomes of a module, newest edition with any."""
    held = [row for row in rows if row["value"] is not None]
    if not held:
        return None
    newest = max(row["edition"] for row in held)
    return Table(
        f"{module}-context",
        SAY.context_caption(title, name, newest),
        columns(SAY.context),
        [
            (
                row["figure_id"],
                [
                    small(row["figure_name"], row["unit"]),
                    words.MISSING.get(row["missing_reason"] or "", plain(row["value"])),
                    plain(row["peer_median"]),
                ],
                "",
            )
            for row in rows
            if row["edition"] == newest
        ],
    )


def transfers_panel(name: str, code: str, slug: str, site: Site) -> Section | None:
    """Delayed transfers in one panel."""
    months = site.dtoc_months.get(code)
    if not months or not any(row["delayed_days"] is not None for row in months):
        return None
    years = site.dtoc_years[code]
    names = [row["month"] for row in months]
    svg = charts.lines(
        SAY.transfers_named(name),
        SAY.transfers_told,
        [month[:4] for month in names],
        [
            (SAY.transfers_line["rate"], "s2", [row["rate"] for row in months]),
            (SAY.transfers_line["mean"], "s1", [row["mean_rate"] for row in months]),
        ],
        SAY.transfers_axis,
        include=(0.0,),
        show_dots=False,
        every=12,
    )
    table = Table(
        "transfers-years",
        SAY.transfers_caption(name),
        columns(SAY.transfers),
        [
            (
                row["edition"],
                [
                    row["edition"],
                    number(row["months_held"], 0),
                    number(row["delayed_days"], 0),
                    number(row["rate"]),
                    number(row["peer_rate"]),
                ],
                "",
            )
            for row in years
        ],
    )
    return Section(
        "delayed-transfers",
        SAY.transfers_title,
        paragraphs=[
            link(f"../delayed-transfers/{slug}.html", SAY.pack(name)),
            *(
                [link(f"../delayed-discharges/{slug}.html", SAY.discharges(name))]
                if code in site.discharge_months
                else []
            ),
        ],
        figures=[
            Figure(
                Markup(svg),
                SAY.transfers_chart,
                table,
                SAY.transfers_legend,
                data_at=f"../delayed-transfers/{slug}.html#chart=trend",
            )
        ],
    )
