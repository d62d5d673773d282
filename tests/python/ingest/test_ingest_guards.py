"""Figures that are well formed and wrong are refused, right files in another dress are read."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import openpyxl
import pytest
from examples import (
    FIRST_ROW,
    HEADER_ROW,
    REASON,
    RESPONSIBLE,
    ROOT,
    SEED,
    contents,
    empty_seeds,
    ingested,
    row_of,
    said,
    saved,
    taken,
)

from scripts.ingest import __main__, registers, run, seeds
from scripts.ingest.blocks import REVISIONS
from scripts.ingest.days import after_today, today
from scripts.ingest.names import Names, words_of

HARTLEPOOL, CORNWALL = "E06000001", "E06000052"


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """Seeds that hold April 2018 as published."""
    saved(tmp_path / "april")
    target = empty_seeds(tmp_path)
    assert ingested(tmp_path / "april", target).written
    return target


def refusals(folder: Path, target: Path) -> list[str]:
    """What is said of the files refused; nothing may have been written."""
    before = contents(target)
    result = ingested(folder, target)
    assert contents(target) == before or not result.refused
    return [reason for taken in result.refused for reason in taken.reasons]


def columns_of(book: openpyxl.Workbook, first: int, codes: list[str]) -> list[list[object]]:
    """Cells of rows of councils in both sheets, from a column on."""
    rows = []
    for name in (RESPONSIBLE, REASON):
        sheet = book[name]
        for code in codes:
            rows.append(
                [sheet.cell(row_of(sheet, code), place) for place in range(first, sheet.max_column + 1)]
            )
    return rows


def exchanged(first: int):  # noqa: ANN201
    """An edit that exchanges two councils' cells from a column on, in both sheets."""

    def edit(book: openpyxl.Workbook) -> None:
        rows = columns_of(book, first, [HARTLEPOOL, CORNWALL])
        for one, other in (rows[:2], rows[2:]):
            values = [cell.value for cell in one]
            for cell, value in zip(one, [cell.value for cell in other], strict=True):
                cell.value = value
            for cell, value in zip(other, values, strict=True):
                cell.value = value

    return edit


def shifted(first: int):  # noqa: ANN201
    """An edit that moves cells from a column on down by a row, the last to the first."""

    def edit(book: openpyxl.Workbook) -> None:
        for name in (RESPONSIBLE, REASON):
            sheet = book[name]
            for place in range(first, sheet.max_column + 1):
                cells = [sheet.cell(row, place) for row in range(FIRST_ROW, sheet.max_row + 1)]
                values = [cell.value for cell in cells]
                for cell, value in zip(cells, [values[-1], *values[:-1]], strict=True):
                    cell.value = value

    return edit


def test_a_name_against_its_code_is_refused(tmp_path: Path) -> None:
    """Names and figures of two councils exchanged, or a row off: both names and the cell are said."""
    _, log = taken(saved(tmp_path, exchanged(5)))
    row = row_of(openpyxl.load_workbook(tmp_path / "month.xlsx")[REASON], HARTLEPOOL)
    expected = f"cell E{row}: found 'Cornwall' beside the code"
    assert any(expected in text and "'Hartlepool', which the register calls it" in text for text in said(log))
    _, log = taken(saved(tmp_path, shifted(5)))
    assert len([text for text in said(log) if "which the register calls it" in text]) > 250


def test_names_are_held_by_the_words_that_tell() -> None:
    """Words that publishers add or leave out, their order and signs make no difference; another name does."""
    names = Names(
        [
            ("A", "Bristol, City of"),
            ("B", "Telford & Wrekin"),
            ("C", "North Lincolnshire"),
            ("D", "North East Lincolnshire"),
            ("E", "St. Helens"),
            ("F", "City of London"),
        ]
    )
    same = {
        "A": (
            "Bristol UA",
            "City of Bristol",
            "BRISTOL CITY COUNCIL",
            "Bristol (City of)",
            "Bristol, city of",
        ),
        "B": ("Telford and Wrekin", "Telford and the Wrekin", "Telford & Wrekin UA"),
        "E": ("St Helens", "St.Helens MBC", "Saint Helens"),
        "F": ("City of London", "London, City of"),
        "D": ("N.E. Lincolnshire, North East", "North East Lincolnshire", "North-East Lincolnshire", "", "-"),
        "unknown": ("Bristol",),
    }
    same["D"] = same["D"][1:]
    assert [
        (code, text) for code, texts in same.items() for text in texts if names.contradiction(code, text)
    ] == []
    assert names.contradiction("C", "North East Lincolnshire") == "North Lincolnshire"
    assert names.contradiction("A", "Telford & Wrekin") == "Bristol, City of"
    assert names.contradiction("A", "Somewhere else") == "Bristol, City of"
    # A slip of the pen is none.
    assert not names.contradiction("A", "Bristoll")
    assert words_of("Kingston upon Hull, City of") == {"kingston", "hull"}


def test_every_council_is_called_as_the_register_of_authorities_has_it() -> None:
    """No two registers contradict one another, and no publisher's form belongs to another council."""
    rows = {
        name: registers.read_csv(ROOT / "seeds" / "register" / f"{name}.csv")
        for name in ("councils", "authorities")
    }
    councils = {row["gss_code"]: row["council_name"] for row in rows["councils"]}
    forms = registers.read_csv(registers.CODES / "printed_names.csv")
    names = Names([*councils.items(), *((row["gss_code"], row["printed_name"]) for row in forms)])
    unlike = {
        (row["gss_code"], row["authority_name"])
        for row in rows["authorities"]
        if row["gss_code"] in councils and names.contradiction(row["gss_code"], row["authority_name"])
    }
    assert unlike == set()
    assert forms
    assert all(
        row["note"] and row["gss_code"] in registers.load(ROOT / "seeds").known_names.known for row in forms
    )


def test_a_total_that_its_rows_do_not_add_up_to_is_refused(tmp_path: Path) -> None:
    """One council's days too many, alike in both tables: England says so by its cell."""

    def edit(book: openpyxl.Workbook) -> None:
        for name, places in ((RESPONSIBLE, "FI"), (REASON, "FR")):
            sheet = book[name]
            total = {"I": 9, "R": 3 + len([cell for cell in sheet[HEADER_ROW] if cell.value]) - 2}[places[1]]
            for place in (6, total):
                sheet.cell(row_of(sheet, HARTLEPOOL), place).value += 5_000

    _, log = taken(saved(tmp_path, edit))
    assert [text for text in said(log) if "as the total of E92000001, expected" in text], said(log)


def test_parts_that_do_not_add_up_are_refused(tmp_path: Path) -> None:
    """Days by organisation are the total of the row."""

    def edit(book: openpyxl.Workbook) -> None:
        book[RESPONSIBLE].cell(row_of(book[RESPONSIBLE], HARTLEPOOL), 6).value += 1

    _, log = taken(saved(tmp_path, edit))
    assert any("the sum of its parts" in text for text in said(log))


@pytest.mark.parametrize(
    ("sheet", "headers"), [(RESPONSIBLE, ("NHS", "Social Care")), (REASON, ("E) Awaiting", "F) Awaiting"))]
)
def test_exchanged_headers_are_told_by_the_figures(
    sheet: str, headers: tuple[str, str], tmp_path: Path
) -> None:
    """In England the one column has always been the larger."""

    def edit(book: openpyxl.Workbook) -> None:
        one, other = (
            next(cell for cell in book[sheet][HEADER_ROW] if str(cell.value).startswith(header))
            for header in headers
        )
        one.value, other.value = other.value, one.value

    _, log = taken(saved(tmp_path, edit))
    assert any("as in every month held" in text for text in said(log)), said(log)


def test_figures_held_under_another_code_or_month_are_refused(filled: Path, tmp_path: Path) -> None:
    """Two councils' figures exchanged, a row off, another month's or the same again: each has its reason."""
    cases = {
        "the other way round": {"edit": exchanged(6), "revised": "10th May 2019"},
        "figures held of the row above": {"edit": shifted(6), "revised": "10th May 2019"},
        "the figures held of 2018-04 days_nhs": {
            "month": "April 2018",
            "revised": "11th May 2019",
            "as": "May 2018",
        },
    }
    for number, (expected, options) in enumerate(cases.items()):
        folder = tmp_path / f"case{number}"
        edit = options.pop("edit", None)
        renamed = options.pop("as", "")
        if renamed:

            def edit(book: openpyxl.Workbook, renamed: str = renamed) -> None:
                for name in (RESPONSIBLE, REASON):
                    book[name]["C5"] = renamed

        saved(folder, edit, **options)
        found = refusals(folder, filled)
        assert any(expected in text for text in found), (expected, found[:3])


def test_a_figure_whose_point_moved_is_refused(filled: Path, tmp_path: Path) -> None:
    """Ten times what is held is no revision; a tenth more is one."""

    def times(factor: float):  # noqa: ANN202
        def edit(book: openpyxl.Workbook) -> None:
            for row in columns_of(book, 6, [HARTLEPOOL]):
                for cell in row:
                    cell.value = round(cell.value * factor)
            for name in (RESPONSIBLE, REASON):
                sheet = book[name]
                place = row_of(sheet, HARTLEPOOL)
                *parts, total = [sheet.cell(place, at) for at in range(6, sheet.max_column + 1)]
                total.value = sum(cell.value for cell in parts)
                for at in range(6, sheet.max_column + 1):
                    column = [sheet.cell(row, at).value for row in range(FIRST_ROW, sheet.max_row + 1)]
                    sheet.cell(HEADER_ROW + 1, at).value = sum(column)

        return edit

    saved(tmp_path / "tenfold", times(10), revised="10th July 2019")
    assert any("a figure of the same size" in text for text in refusals(tmp_path / "tenfold", filled))
    saved(tmp_path / "more", times(1.5), revised="9th August 2019")
    assert refusals(tmp_path / "more", filled) == []


def test_no_day_of_publication_is_after_today(filled: Path, tmp_path: Path) -> None:
    """A slip in the year is refused, so that the true revision after it is not lost."""
    saved(tmp_path / "slip", revised="1st April 2091")
    assert refusals(tmp_path / "slip", filled) == [
        f"month.xlsx: found the day of publication 2091-04-01, expected a day up to {today()}."
    ]
    assert after_today("2023-24 2999-01-01") == "2999-01-01"
    assert after_today("2999-01") == "2999-01"
    tomorrow = (datetime.date.fromisoformat(today()) + datetime.timedelta(days=1)).isoformat()
    assert [after_today(text) for text in (today(), tomorrow, "2010-11", "2025")] == ["", tomorrow, "", ""]


def test_a_file_that_loses_is_named(filled: Path, tmp_path: Path) -> None:
    """A file older than what is held changes nothing, and the run says so."""
    saved(tmp_path / "older", revised="1st May 2018")
    result = ingested(tmp_path / "older", filled)
    assert any(
        text.startswith("month.xlsx: ") and "give way to those of month.xlsx" in text
        for text in result.notices
    )


def test_the_same_figures_in_other_bytes_change_nothing(filled: Path, tmp_path: Path) -> None:
    """A file saved again, with the same day and figures, leaves seeds and provenance as they are."""

    def edit(book: openpyxl.Workbook) -> None:
        book.create_sheet("Notes")["A1"] = "Saved again"

    saved(tmp_path / "again", edit)
    before = contents(filled)
    result = ingested(tmp_path / "again", filled)
    assert (result.refused, result.written, contents(filled)) == ([], [], before)
    assert "month.xlsx: the same figures as month.xlsx" in result.notices


def test_a_correction_without_a_new_day_is_taken_with_its_reason(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Other figures of the same day are refused; with a reason they are taken, and it is kept."""

    def edit(book: openpyxl.Workbook) -> None:
        for name in (RESPONSIBLE, REASON):
            sheet = book[name]
            for place in (6, sheet.max_column):
                sheet.cell(row_of(sheet, HARTLEPOOL), place).value += 3

    saved(tmp_path / "corrected", edit, "corrected.xlsx")
    arguments = [str(tmp_path / "corrected"), "--seeds", str(filled)]
    before = contents(filled)
    assert __main__.main(arguments) == 2
    assert "in the same edition ('2019-05-09')" in capsys.readouterr().out
    assert contents(filled) == before
    taken = ["--take", "corrected without a word", "--file", "corrected.xlsx"]
    assert __main__.main([*arguments, *taken]) == 0
    revisions = {row["column_name"]: row for row in seeds.read(filled, REVISIONS)}
    assert revisions["days_nhs"]["reason"] == "corrected without a word"
    assert int(revisions["days_nhs"]["new_value"]) == int(revisions["days_nhs"]["old_value"]) + 3
    assert "days_both" not in revisions
    after = contents(filled)
    assert __main__.main(arguments) == 0
    assert contents(filled) == after


def test_what_contradicts_the_seeds_is_taken_with_a_reason(filled: Path, tmp_path: Path) -> None:
    """A file refused for what is held is taken with a reason, and what spoke against it is said."""
    saved(tmp_path / "exchanged", exchanged(6), revised="10th May 2019")
    assert refusals(tmp_path / "exchanged", filled)
    with pytest.raises(seeds.SeedError, match=r"no file other\.xlsx below it"):
        run.ingest(tmp_path / "exchanged", filled, reason="exchanged before", taken_files=["other.xlsx"])
    with pytest.raises(seeds.SeedError, match="say both"):
        run.ingest(tmp_path / "exchanged", filled, reason="exchanged before")
    (file,) = (path.name for path in (tmp_path / "exchanged").iterdir())
    result = run.ingest(
        tmp_path / "exchanged", filled, reason="the two were exchanged before", taken_files=[file]
    )
    assert SEED in result.written
    assert any("the other way round" in text for taken in result.files for text in taken.log.notices)
    assert {row["reason"] for row in seeds.read(filled, REVISIONS)} == {"the two were exchanged before"}


def test_a_reason_is_of_its_file_alone(filled: Path, tmp_path: Path) -> None:
    """Beside a file that is taken with a reason another one that contradicts the seeds is refused."""
    saved(tmp_path / "two", exchanged(6), "one.xlsx", revised="10th May 2019")
    saved(tmp_path / "two", shifted(6), "two.xlsx", revised="11th May 2019")
    before = contents(filled)
    result = run.ingest(
        tmp_path / "two", filled, reason="the two were exchanged before", taken_files=["one.xlsx"]
    )
    assert [taken.file for taken in result.refused] == ["two.xlsx"]
    assert contents(filled) == before
    (tmp_path / "two" / "two.xlsx").rename(tmp_path / "two" / "a.xlsx")
    result = run.ingest(
        tmp_path / "two", filled, reason="the two were exchanged before", taken_files=["one.xlsx"]
    )
    assert [taken.file for taken in result.refused] == ["a.xlsx"]
    assert any("taken although" in text for taken in result.files for text in taken.log.notices)


def test_a_file_that_is_there_twice_takes_no_other(filled: Path, tmp_path: Path) -> None:
    """The words about a second copy are no reason to take what contradicts the seeds."""
    saved(tmp_path / "both", name="a.xlsx")
    shutil.copy(tmp_path / "both" / "a.xlsx", tmp_path / "both" / "b.xlsx")
    saved(tmp_path / "both", exchanged(6), "c.xlsx", revised="10th May 2019")
    result = ingested(tmp_path / "both", filled)
    assert [taken.file for taken in result.refused] == ["c.xlsx"]
    assert any("the same file as a.xlsx" in reason for taken in result.files for reason in taken.reasons)
