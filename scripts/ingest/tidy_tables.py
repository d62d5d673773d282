"""The layouts of the seeds filled out of a folder of tidy figures, to hold what was ingested against.

The seeds themselves come from the publications (``make ingest``). Somebody else's reading of the same
publications, in tidy tables, is an independent check of the readers: ``scripts.ingest.compare --figures``.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

Row = dict[str, str]

# Short names differ from the source's only where it adds a word to tell old from new.
SHORT_NAMES = {
    "City of Bristol": "Bristol",
    "St. Helens": "St Helens",
    "Dorset Council": "Dorset",
    "Dorset County": "Dorset",
    "Buckinghamshire County": "Buckinghamshire",
}

# Shown with their figures, never ranked: a handful of people moves every measure.
NEVER_RANKED = {
    "E06000053": "about 2,000 residents",
    "E09000001": "about 9,000 residents and half a million commuters",
}

HOMELESSNESS_ITEMS = [
    "owed_duty_total",
    "prev_ended_total",
    "prev_ended_secured",
    "relief_ended_total",
    "relief_ended_secured",
    "ta_total",
    "hh_in_area_000s",
]


def read(figures: Path, name: str) -> list[Row]:
    """Rows of one tidy table, as text."""
    with (figures / name).open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def write(target: Path, folder: str, name: str, columns: list[str], rows: Iterable[Row]) -> None:
    """Write one seed below the target folder, sorted by its columns from left to right."""
    table = sorted([row[column].strip() for column in columns] for row in rows)
    path = target / folder / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(table)


def renamed(rows: Iterable[Row], **names: str) -> list[Row]:
    """Rows with the columns ``new=old`` added under their new names."""
    return [row | {new: row[old] for new, old in names.items()} for row in rows]


def councils(figures: Path, target: Path) -> None:
    """Register of upper-tier councils, today's and abolished ones."""
    by_code3 = {row["code3"]: row["gss_code"] for row in read(figures, "councils.csv")}
    rows = [
        {
            "gss_code": row["gss_code"],
            "council_name": SHORT_NAMES.get(row["short_name"], row["short_name"]),
            "council_type": row["la_type"],
            "region_code": row["region_code"],
            "region": row["region"],
            "start_date": row["start_date"],
            "end_date": row["end_date"],
            "successor_gss_codes": " ".join(
                by_code3[code.strip()] for code in row["replaced_by_code3"].split(",") if code.strip()
            ),
            "never_ranked_reason": NEVER_RANKED.get(row["gss_code"], ""),
            "lgf_ecode": row["lgf_ecode"],
            "dfe_la_number": row["dfe_la_number"],
        }
        for row in read(figures, "councils.csv")
    ]
    write(target, "register", "councils", list(rows[0]), rows)


def authorities(figures: Path, target: Path) -> None:
    """Every authority with a budget and the upper-tier council it stood in, by edition."""
    columns = ["edition", "gss_code", "authority_name", "authority_class", "upper_tier_gss_code"]
    write(target, "register", "authorities", columns, read(figures, "authority_to_upper_tier_by_edition.csv"))


def lait(figures: Path, target: Path) -> None:
    """DfE LAIT: a row per measure, code and period."""
    rows = renamed(
        read(figures, "dfe_lait_outcomes_and_spend.csv"), item_id="measure", printed_code="gss_code"
    )
    rows = renamed(rows, value_raw="value")
    write(target, "outcomes", "dfe_lait", ["item_id", "printed_code", "period", "value_raw"], rows)


def lait_dictionary(figures: Path, target: Path) -> None:
    """DfE's own title, unit, period type and polarity of each LAIT measure."""
    held = {row["measure"] for row in read(figures, "dfe_lait_outcomes_and_spend.csv")}
    rows = [row for row in read(figures, "dfe_lait_dictionary.csv") if row["measure"] in held]
    rows = renamed(rows, item_id="measure", publisher_polarity="polarity")
    columns = ["item_id", "title", "publisher_polarity", "unit", "year_type"]
    write(target, "register", "dfe_lait_dictionary", columns, rows)


def lait_england(figures: Path, target: Path) -> None:
    """DfE LAIT's England row."""
    rows = renamed(read(figures, "dfe_lait_england.csv"), item_id="measure", value_raw="value")
    write(target, "outcomes", "dfe_lait_england", ["item_id", "period", "value_raw"], rows)


def ascof(figures: Path, target: Path) -> None:
    """ASCOF: a row per measure, code and period, England included."""
    rows = renamed(read(figures, "ascof_outcomes.csv"), item_id="measure_id", printed_code="gss_code")
    write(target, "outcomes", "nhs_ascof", ["item_id", "printed_code", "period", "value_raw"], rows)


def ascof_by_age(figures: Path, target: Path) -> None:
    """ASCOF split into users aged 18 to 64 and 65 and over."""
    rows = renamed(read(figures, "ascof_outcomes_by_age.csv"), item_id="measure_id", printed_code="gss_code")
    rows = renamed(rows, value_raw="value")
    write(
        target,
        "outcomes",
        "nhs_ascof_by_age",
        ["item_id", "age_group", "printed_code", "period", "value_raw"],
        rows,
    )


def ascof_margins(figures: Path, target: Path) -> None:
    """Published 95 % margin of error of each ASCOF survey measure."""
    rows = renamed(read(figures, "ascof_margins_of_error.csv"), item_id="measure_id", printed_code="gss_code")
    rows = renamed(rows, margin_raw="margin_of_error")
    write(target, "outcomes", "nhs_ascof_margins", ["item_id", "printed_code", "period", "margin_raw"], rows)


def delayed_transfers(figures: Path, target: Path) -> None:
    """Delayed days by council and month, from April 2014."""
    rows = [row for row in read(figures, "nhs_dtoc_monthly.csv") if row["month"] >= "2014-04"]
    items = [column for column in rows[0] if column not in ("gss_code", "month", "source_code")]
    rows = renamed(rows, printed_code="gss_code")
    write(target, "outcomes", "nhs_delayed_transfers", ["printed_code", "month", *items], rows)


def homelessness(figures: Path, target: Path) -> None:
    """H-CLIC: duties and temporary accommodation by authority and quarter."""
    rows = renamed(read(figures, "mhclg_hclic_quarterly.csv"), printed_code="gss_code")
    write(
        target, "outcomes", "mhclg_homelessness", ["printed_code", "quarter_end", *HOMELESSNESS_ITEMS], rows
    )


def rough_sleeping(figures: Path, target: Path) -> None:
    """Autumn snapshot of people sleeping rough."""
    rows = renamed(read(figures, "mhclg_rough_sleeping.csv"), printed_code="gss_code")
    write(
        target, "outcomes", "mhclg_rough_sleeping", ["printed_code", "snapshot_year", "rough_sleepers"], rows
    )


def net_additional_dwellings(figures: Path, target: Path) -> None:
    """Net additional dwellings, live table 122; codes that print no figure in any year stay out."""
    rows = renamed(read(figures, "mhclg_net_additional_dwellings.csv"), printed_code="gss_code")
    held = {row["printed_code"] for row in rows if row["net_additional_dwellings"].strip() not in ("", "[x]")}
    rows = [row for row in rows if row["printed_code"] in held]
    columns = ["printed_code", "period", "net_additional_dwellings"]
    write(target, "outcomes", "mhclg_net_additional_dwellings", columns, rows)


def vacant_dwellings(figures: Path, target: Path) -> None:
    """Dwellings and long-term vacants, live table 615."""
    rows = renamed(
        read(figures, "mhclg_vacant_dwellings.csv"),
        printed_code="gss_code",
        dwellings="Dwellings",
        long_term_vacants="LongTermVacants",
    )
    # North Yorkshire 2023 stands in two halves, one for each code it was printed under.
    whole: dict[tuple[str, str], Row] = {}
    for row in rows:
        half = whole.setdefault((row["printed_code"], row["year"]), row)
        half.update({item: half[item] or row[item] for item in ("dwellings", "long_term_vacants")})
    columns = ["printed_code", "year", "dwellings", "long_term_vacants"]
    write(target, "outcomes", "mhclg_vacant_dwellings", columns, whole.values())


def affordable_completions(figures: Path, target: Path) -> None:
    """Affordable homes completed by tenure, live table 1011; an absent row means none reported."""
    rows = renamed(read(figures, "mhclg_affordable_completions.csv"), printed_code="gss_code")
    columns = ["printed_code", "period", "tenure", "completions"]
    write(target, "outcomes", "mhclg_affordable_completions", columns, rows)


def waste(figures: Path, target: Path) -> None:
    """Waste rates and tonnages of unitary councils, boroughs and county disposal authorities."""
    key = ("gss_code", "period", "authority_type")
    tonnages = {tuple(row[k] for k in key): row for row in read(figures, "defra_waste_tonnages.csv")}
    tonnage_items = ["household_recycled_tonnes", "household_rejects_tonnes"]
    rows = []
    for row in read(figures, "defra_waste_rates.csv"):
        if row["gss_code"].startswith("E07") or row["period"] < "2014-15":
            continue
        tonnes = tonnages.get(tuple(row[k] for k in key), {})
        rows.append(row | {"printed_code": row["gss_code"]} | {i: tonnes.get(i, "") for i in tonnage_items})
    rates = ["recycling_rate", "residual_kg_per_household", "household_waste_kg_per_person"]
    write(target, "outcomes", "defra_waste", ["printed_code", "period", *rates, *tonnage_items], rows)


def fly_tipping(figures: Path, target: Path) -> None:
    """Fly-tipping incidents and actions by authority."""
    rows = [row for row in read(figures, "defra_fly_tipping.csv") if row["period"] >= "2014-15"]
    rows = renamed(rows, printed_code="gss_code")
    columns = ["printed_code", "period", "reporting_basis", "incidents", "actions"]
    write(target, "outcomes", "defra_fly_tipping", columns, rows)


def revenue_budget(figures: Path, target: Path) -> None:
    """Net current expenditure budgets by authority and service line, GBP thousand."""
    rows = renamed(read(figures, "mhclg_revenue_budget.csv"), printed_code="gss_code")
    lines = [
        line for line in rows[0] if line.startswith(("csc_", "asc_", "housing_", "env_", "levy_", "edu_"))
    ]
    write(target, "spend", "mhclg_revenue_budget", ["printed_code", "period", *lines], rows)


def revenue_outturn(figures: Path, target: Path) -> None:
    """Net current expenditure outturn by council and service block, GBP thousand."""
    rows = renamed(read(figures, "mhclg_revenue_outturn_blocks.csv"), printed_code="gss_code")
    blocks = ["children_social_care", "adult_social_care", "public_health", "housing_gfra", "environmental"]
    columns = ["printed_code", "period", *blocks, "blank_means", "provenance"]
    write(target, "spend", "mhclg_revenue_outturn", columns, rows)


def population(figures: Path, target: Path) -> None:
    """Mid-year population by age band."""
    rows = renamed(
        read(figures, "ons_population_by_age.csv"), printed_code="gss_code", pop_65_plus="pop_65plus"
    )
    columns = ["printed_code", "year", "pop_0_17", "pop_18_64", "pop_65_plus", "pop_all", "basis"]
    write(target, "context", "ons_population", columns, rows)


def deflator(figures: Path, target: Path) -> None:
    """GDP deflator, 2022-23 = 100."""
    rows = renamed(
        read(figures, "hmt_gdp_deflator.csv"),
        edition="financial_year",
        gdp_deflator="gdp_deflator_2022_23_100",
    )
    write(target, "context", "hmt_gdp_deflator", ["edition", "gdp_deflator", "basis"], rows)


def deprivation(figures: Path, target: Path) -> None:
    """Income deprivation, IoD 2019 File 11."""
    rows = renamed(
        read(figures, "iod_2019_upper_tier.csv"),
        income_deprivation_children="idaci_2019_average_score",
        income_deprivation_older_people="idaopi_2019_average_score",
        income_deprivation="income_2019_average_score",
    )
    columns = [
        "gss_code",
        "income_deprivation",
        "income_deprivation_children",
        "income_deprivation_older_people",
    ]
    write(target, "context", "mhclg_deprivation", columns, rows)


def nearest_neighbours(figures: Path, target: Path) -> None:
    """ONS ranked statistical neighbours, 20 each."""
    rows = renamed(read(figures, "ons_nearest_neighbours.csv"), neighbour_rank="rank")
    write(
        target,
        "context",
        "ons_nearest_neighbours",
        ["gss_code", "neighbour_rank", "neighbour_gss_code"],
        rows,
    )


def statistical_neighbours(figures: Path, target: Path) -> None:
    """DfE children's services neighbours, 10 each, by DfE council number."""
    rows = [
        {
            "dfe_la_number": row["old_la_code"],
            "neighbour_rank": str(rank),
            "neighbour_dfe_la_number": row[f"SN_{rank}"],
            "closeness": row[f"SN_{rank}P"],
        }
        for row in read(figures, "dfe_statistical_neighbours_2025.csv")
        for rank in range(1, 11)
    ]
    write(target, "context", "dfe_statistical_neighbours", list(rows[0]), rows)


WRITERS: list[Callable[[Path, Path], None]] = [
    councils,
    authorities,
    lait_dictionary,
    lait,
    lait_england,
    ascof,
    ascof_by_age,
    ascof_margins,
    delayed_transfers,
    homelessness,
    rough_sleeping,
    net_additional_dwellings,
    vacant_dwellings,
    affordable_completions,
    waste,
    fly_tipping,
    revenue_budget,
    revenue_outturn,
    population,
    deflator,
    deprivation,
    nearest_neighbours,
    statistical_neighbours,
]


def fill(figures: Path, target: Path) -> None:
    """Write every seed of figures below the target folder."""
    for writer in WRITERS:
        writer(figures, target)
