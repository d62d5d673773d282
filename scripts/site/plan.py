"""Which pages the site has, each as a function and what it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts.site import (
    about,
    better,
    compare,
    discharges,
    england,
    home,
    lenses,
    measures,
    modules,
    movers,
    public,
    transfers,
    what_if,
)
from scripts.site.canvas import begin_page
from scripts.site.council import council_page
from scripts.site.pages import Site
from scripts.site.parts import Page
from scripts.site.shared import MODULES


def council_pages(site: Site) -> Iterator[tuple[Any, ...]]:
    """A page for each council and edition, as what it takes to make it."""
    for council in site.councils:
        for edition in council["editions"]:
            yield council_page, (site, council, edition)


def plan(site: Site) -> list[tuple[Any, ...]]:
    """Every page of the site as a function and its arguments, so that they can be made side by side."""
    return [
        (home.home_page, (site,)),
        *((lenses.lens_page, (site, ranking_id, edition)) for ranking_id, edition in site.lens_pages),
        *((england.england_page, (site,)) for _ in site.figures.rows("england")[:1]),
        (lenses.lenses_page, (site,)),
        (movers.movers_index_page, (site,)),
        *((movers.movers_page, (site, ranking_id, edition)) for edition, ranking_id in site.movers),
        *((better.better_page, (site, ranking_id)) for ranking_id in site.better),
        *((what_if.what_if_page, (site, edition)) for edition in what_if.what_if_editions(site)),
        (measures.measures_page, (site,)),
        *(
            (measures.measure_page, (site, measure_id, edition))
            for measure_id in site.measure_uses
            for edition in (*site.measure_pages(measure_id),) or (None,)
        ),
        *((modules.module_page, (site, module)) for module in MODULES),
        (modules.modules_page, (site,)),
        (transfers.transfers_page, (site, None)),
        *(
            (transfers.transfers_page, (site, council))
            for council in site.councils
            if any(row["delayed_days"] is not None for row in site.dtoc_months.get(council["gss_code"], ()))
        ),
        (discharges.discharges_page, (site, None)),
        *(
            (discharges.discharges_page, (site, council))
            for council in site.councils
            if council["gss_code"] in site.discharge_months
        ),
        (compare.compare_page, (site,)),
        (about.method_page, (site,)),
        (about.quality_page, (site,)),
        (about.downloads_page, (site,)),
        (public.news_page, (site,)),
        (public.glossary_page, (site,)),
        (public.about_page, (site,)),
        (public.accessibility_page, (site,)),
        (public.not_found_page, (site,)),
        *council_pages(site),
    ]


def made(step: tuple[Any, ...]) -> Page:
    """One page of the plan."""
    function, arguments = step
    begin_page()
    page: Page = function(*arguments)
    return public.explained(page)
