"""The register that is delivered, and faults in it."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scripts.download.__main__ import REGISTER
from scripts.download.errors import RefusedError
from scripts.download.pages import matches
from scripts.download.register import Download, read_register
from scripts.index import ROOT

ROWS = {row.download_id: row for row in read_register(REGISTER)}


def test_every_publication_that_feeds_a_seed_has_a_row() -> None:
    """Of the register of publications only the one that no seed holds has none."""
    with (ROOT / "seeds" / "register" / "publications.csv").open(encoding="utf-8", newline="") as source:
        held = {
            row["publication_id"] for row in csv.DictReader(source) if "none held" not in row["years_held"]
        }
    assert {row.publication_id for row in ROWS.values()} == held


@pytest.mark.parametrize(
    "row", [row for row in ROWS.values() if row.is_fetched], ids=lambda row: row.download_id
)
def test_a_row_that_is_fetched_can_be(row: Download) -> None:
    """Its first address is on a host it allows, and its bounds leave room."""
    first = row.page_url if row.kind == "page" else row.url
    assert urlsplit(first).scheme == "https"
    assert urlsplit(first).netloc in row.allowed_hosts
    assert 0 < row.minimum_bytes < row.maximum_bytes


# Texts and addresses of links as the publishers' pages have printed them.
MEDIA = "https://assets.publishing.service.gov.uk/media/65e9d56462ff48001a87b393"
DELAYS = "https://www.england.nhs.uk/statistics/wp-content/uploads/sites/2/2020/01/LA-Type-B-November-2019-fZk64.xls"
REVENUE = (
    "https://www.gov.uk/government/statistics/local-authority-revenue-expenditure-and-financing-england-"
)
FLY = "Flytipping_incidents_and_actions_taken__reported_by_LAs_in_England__2012-13_to_2022-23.ods"
ASCOF = (
    "https://www.gov.uk/government/statistics/measures-from-the-adult-social-care-outcomes-framework-england-"
)
PEOPLE = "https://www.ons.gov.uk/file?uri=/x/datasets/estimatesofthepopulationforenglandandwales/"
LINKS = [
    ("mhclg_live_table_615", "Table 615 (ODS, 311 KB)", f"{MEDIA}/Live_Table_615.ods", {}),
    ("mhclg_live_table_122", "Live Table 122", f"{MEDIA}/Live_Table_122.ods", {}),
    ("mhclg_live_table_122", "Live Table 1220", f"{MEDIA}/Live_Table_1220.xlsx", None),
    ("defra_fly_tipping_councils", "Fly-tipping", f"{MEDIA}/{FLY}", {}),
    (
        "defra_waste_results",
        "Results",
        f"{MEDIA}/LA_and_Regional_Spreadsheet_2022-23_for_Web_revised.ods",
        {"edition": "2022-23", "suffix": "ods"},
    ),
    (
        "mhclg_homelessness_quarters",
        "Detailed local authority level tables: January to March 2020 (ODS, 852KB)",
        f"{MEDIA}/Detailed_LA_202003.ods",
        {"edition": "January to March 2020"},
    ),
    (
        "mhclg_homelessness_quarters",
        "Detailed local authority level tables: financial year 2019-20 (ODS, 1.49MB)",
        f"{MEDIA}/Detailed_LA_2019-20.ods",
        None,
    ),
    (
        "nhs_delayed_transfers_months",
        "Total Delayed Days Local Authority 2017-18 March (Revised 13.12.18) (XLS, 139KB)",
        DELAYS,
        {"month": "March", "suffix": "xls"},
    ),
    ("nhs_delayed_transfers_months", "Total Delayed Days Trust 2017-18 March (XLS, 219KB)", DELAYS, None),
    ("mhclg_revenue_budget_newest", "RA", f"{MEDIA}/RA_2026-27_data_Part_1.ods", {"part": "1"}),
    (
        "mhclg_revenue_outturn_newest",
        "RO3",
        f"{MEDIA}/RO3_LA_Data_2025-26_data_by_LA.ods",
        {"form": "RO3"},
    ),
    ("mhclg_revenue_outturn_newest", "RO2", f"{MEDIA}/RO2_LA_Data_2025-26_data_by_LA.ods", None),
    (
        "ons_population_years",
        "xlsx",
        f"{PEOPLE}mid2024/estimatesofthepopulationforenglandandwalesmid2024.xlsx",
        {"edition": "mid2024", "suffix": "xlsx"},
    ),
    ("ons_population_years", "xlsx", f"{PEOPLE}mid2011tomid2025detailedtimeseries/myeb.xlsx", None),
]
PAGES = [
    (
        "mhclg_revenue_budget_newest",
        f"{REVENUE}2026-to-2027-budget-individual-local-authority-data",
        "2026-to-2027",
    ),
    ("mhclg_revenue_budget_newest", f"{REVENUE}2025-to-2026-individual-local-authority-data-outturn", None),
    (
        "mhclg_revenue_outturn_newest",
        f"{REVENUE}2025-to-2026-individual-local-authority-data-outturn",
        "2025-to-2026",
    ),
    ("nhs_ascof_time_series", f"{ASCOF}2024-to-2025", "2024-to-2025"),
    ("nhs_ascof_time_series", f"{ASCOF}2024-to-2025/data-sources-quality-and-uses", None),
]


@pytest.mark.parametrize(("download_id", "text", "address", "groups"), LINKS)
def test_a_pattern_finds_the_links_that_were_printed(
    download_id: str, text: str, address: str, groups: dict[str, str] | None
) -> None:
    """And not those beside them."""
    found = matches(f'<a href="{address}">{text}</a>', "https://www.gov.uk", ROWS[download_id].link_pattern)
    assert [each.groups for each in found] == ([] if groups is None else [groups])


@pytest.mark.parametrize(("download_id", "address", "edition"), PAGES)
def test_a_pattern_finds_the_pages_of_editions(download_id: str, address: str, edition: str | None) -> None:
    """And not those of other publications."""
    found = matches(f'<a href="{address}">x</a>', "https://www.gov.uk", ROWS[download_id].page_pattern)
    assert [each.groups["edition"] for each in found] == ([] if edition is None else [edition])


def test_the_page_of_delays_leads_to_years() -> None:
    """From the page of the whole collection."""
    address = (
        "/statistics/statistical-work-areas/delayed-transfers-of-care/delayed-transfers-of-care-data-2017-18/"
    )
    pattern = ROWS["nhs_delayed_transfers_months"].page_pattern
    (found,) = matches(f'<a href="{address}">2017-18</a>', "https://www.england.nhs.uk/x", pattern)
    assert found.groups == {"year": "2017-18"}


@pytest.mark.parametrize(
    ("download_id", "column", "text", "words"),
    [
        ("mhclg_live_table_615", "kind", "ftp", "kind is 'ftp', expected one of api, file, page"),
        ("mhclg_deprivation_file_11", "sha256", "4bdb", "expected 64 hexadecimal digits"),
        ("mhclg_live_table_615", "checksum_policy", "pinned", "expected 64 hexadecimal digits"),
        ("ons_nearest_neighbours_october_2025", "note", "", "note is empty, expected the reason"),
        ("mhclg_live_table_615", "link_pattern", "", "link_pattern is empty"),
        ("mhclg_live_table_615", "link_pattern", "(", "expected a regular expression"),
        ("mhclg_live_table_615", "maximum_bytes", "1e6", "expected a whole number"),
        ("mhclg_live_table_615", "file_name", "{edition}.ods", "file_name names edition"),
        ("mhclg_live_table_615", "take", "each", "the patterns have no named group"),
        ("dfe_lait_figures", "url", "", "url is empty"),
    ],
)
def test_a_fault_in_the_register_is_named(
    tmp_path: Path, download_id: str, column: str, text: str, words: str
) -> None:
    """With the file, the row, what was found and what was expected, before anything is asked for."""
    with REGISTER.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    for row in rows:
        if row["download_id"] == download_id:
            row[column] = text
    with (tmp_path / "downloads.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(RefusedError, match=re.escape(words)) as refused:
        read_register(tmp_path / "downloads.csv")
    assert str(refused.value).startswith(f"downloads.csv, {download_id}: ")
