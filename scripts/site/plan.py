"""Which pages the site has, each as a function and what it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts.site import about, discharges, home, lenses, measures, modules, transfers
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
        (lenses.lenses_page, (site,)),
        (measures.measures_page, (site,)),
        *((measures.measure_page, (site, measure_id)) for measure_id in site.measure_uses),
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
        (about.compare_page, (site,)),
        (about.method_page, (site,)),
        (about.quality_page, (site,)),
        (about.downloads_page, (site,)),
        *council_pages(site),
    ]


def made(step: tuple[Any, ...]) -> Page:
    """One page of the plan."""
    function, arguments = step
    begin_page()
    page: Page = function(*arguments)
    return page
