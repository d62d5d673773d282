"""The register of faults: how figures and registers go wrong in practice, each a pure function.

A kind takes a seed's rows, a target and a random generator, and gives back the rows with the fault in them.
A target is a series of figures (the cells of one item) or, for a fault of a whole file or register, a seed.
What a fault touches - series, edition, council, factor - is drawn, so that one kind is tried in many places.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

# Kinds stand in the order in which their families are read.
from scripts.proofs.planted_faults import in_figures

# isort: split
from scripts.proofs.planted_faults import in_tables

# isort: split
from scripts.proofs.planted_faults import in_files

# isort: split
from scripts.proofs.planted_faults import in_registers

# isort: split
from scripts.proofs.planted_faults import in_newest

# isort: split
from scripts.proofs.planted_faults import series as targets
from scripts.proofs.planted_faults.drawing import KINDS, CannotPlantError, Kind, figures_of, root
from scripts.proofs.planted_faults.in_files import NAMES
from scripts.proofs.planted_faults.series import Series, is_number
from scripts.proofs.planted_faults.tables import read

__all__ = ["FAMILIES", "KINDS", "CannotPlantError", "Kind", "aimed_at"]

# Each puts its kinds into KINDS as it is read.
FAMILIES = (in_figures, in_tables, in_files, in_registers, in_newest)


def has_decimals(series: Series) -> bool:
    """Whether the figures of a series carry decimals that mean something."""
    table = targets.seed_table(root(), series.seed)
    texts = [table.cell(row, series.column) for row in series.rows(table)]
    return any(re.search(r"\.\d*[1-9]", text) for text in texts)


def has_symbols(series: Series) -> bool:
    """Whether symbols or blanks stand among the figures of an edition of the index."""
    table = targets.seed_table(root(), series.seed)
    starts = set(series.starts(table))
    return any(
        not is_number(table.cell(row, series.column))
        for row in series.rows(table)
        if series.start_year(table.cell(row, series.period)) in starts
    )


def seeds_with_rows() -> list[Series]:
    """Every seed that holds more than its header, as a target of its own."""
    found = sorted(path for path in (root() / "seeds").glob("*/*.csv"))
    return [Series(path.stem, "") for path in found if len(read(path).rows) > 1]


@cache
def aimed_at(aims: str) -> tuple[Series, ...]:
    """The targets of a kind."""
    every = figures_of()
    beside = [one for one in every if any(o.seed == one.seed and o != one for o in every)]
    found: dict[str, Callable[[], list[Series]]] = {
        "figures": lambda: list(every),
        "any": lambda: list(every),
        "spend": lambda: targets.spend_lines(root()),
        "population": lambda: targets.populations(root())[:1],
        "percentages": lambda: [
            each for each in every if each.unit_kind == "percentage" and each.seed != "mhclg_homelessness"
        ],
        "decimals": lambda: [each for each in every if has_decimals(each)],
        "symbols": lambda: [each for each in every if has_symbols(each)],
        "margins": lambda: targets.margins(root()),
        "districts": lambda: [
            each
            for each in every
            if each.seed.startswith(("mhclg_h", "mhclg_n", "mhclg_v", "mhclg_r", "mhclg_aff", "defra_fly"))
            and each.seed not in ("mhclg_revenue_budget", "mhclg_revenue_outturn")
        ],
        "parts of a year": lambda: [each for each in every if each.period in ("month", "quarter_end")],
        "neighbouring columns": lambda: beside,
        "wide files": lambda: [each for each in beside if not each.where],
        "files": seeds_with_rows,
        "names": lambda: [Series(seed, "") for seed in NAMES],
        "measures": lambda: targets.register_rows(root(), "measures"),
        "uses of measures": lambda: targets.register_rows(root(), "ranking_measures"),
        "goalposts": lambda: [Series("goalposts", "")],
        "deflator": lambda: [Series("hmt_gdp_deflator", "")],
        "neighbours": lambda: [
            Series(seed, "") for seed in ("ons_nearest_neighbours", "dfe_statistical_neighbours")
        ],
        "items in rows": lambda: [
            each for each in targets.measures(root()) if each.seed in ("dfe_lait", "nhs_ascof")
        ],
        "councils": lambda: [Series("councils", "")],
        "deprivation": lambda: [Series("mhclg_deprivation", "")],
        "printed_codes": lambda: [Series("printed_codes", "")],
        "suspect_values": lambda: [Series("suspect_values", "")],
        "measure_gaps": lambda: [Series("measure_gaps", "")],
        "spend_lines": lambda: [Series("spend_lines", "")],
    }
    return tuple(found[aims]())
