"""Runs into a folder: what has not changed stays, what has is kept beside it, and the manifest says so."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.download.__main__ import main
from scripts.download.client import Client
from scripts.download.register import Download
from scripts.download.run import BY_HAND, NEW, REFUSED, REPLACED, REVISED, UNCHANGED, Result

from .site import XLSX, Answer, Site, workbook

Fetch = Callable[..., list[Result]]
Row = Callable[..., Download]
FIRST, SECOND = workbook("first"), workbook("second")


def manifest(folder: Path) -> list[dict[str, str]]:
    """Rows of the folder's manifest."""
    with (folder / "downloads.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of the folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def one(results: list[Result]) -> tuple[str, str]:
    """What happened to the one file, and its name."""
    (result,) = results
    return result.what, result.file


def test_the_manifest_says_where_a_file_came_from(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """Everything that provenance needs."""
    headers = {"ETag": '"1"', "Last-Modified": "Tue, 01 Sep 2026 09:30:00 GMT"}
    address = site.serves("/budget.xlsx", Answer(FIRST, headers=headers))
    fetch(row())
    assert manifest(folder) == [
        {
            "file": "budget.xlsx",
            "download_id": "budget",
            "publication_id": "mhclg_revenue_budget",
            "url_asked": address,
            "url_answered": address,
            "sha256": hashlib.sha256(FIRST).hexdigest(),
            "bytes": str(len(FIRST)),
            "content_type": XLSX,
            "etag": '"1"',
            "last_modified": "Tue, 01 Sep 2026 09:30:00 GMT",
            "retrieved_on": "2026-11-01",
            "supersedes": "",
        }
    ]


def test_what_has_not_changed_is_not_fetched_again(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """The second run changes no byte of the folder."""
    headers = {"ETag": '"1"', "Last-Modified": "Tue, 01 Sep 2026 09:30:00 GMT"}
    site.serves("/budget.xlsx", Answer(FIRST, headers=headers))
    fetch(row())
    before = contents(folder)
    assert one(fetch(row(), today="2026-12-01")) == (UNCHANGED, "budget.xlsx")
    assert contents(folder) == before
    asked = site.asked("/budget.xlsx")[1]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"1"', headers["Last-Modified"])


def test_the_same_content_from_a_forgetful_server(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """A server without validators sends it all again; the day it was retrieved stays."""
    site.serves("/budget.xlsx", Answer(FIRST))
    fetch(row())
    before = contents(folder)
    assert one(fetch(row(), today="2026-12-01")) == (UNCHANGED, "budget.xlsx")
    assert contents(folder) == before


def test_the_file_of_another_address_is_not_taken_for_held(
    site: Site, row: Row, fetch: Fetch, folder: Path
) -> None:
    """Whatever the ETag of the address before."""
    site.serves("/budget.xlsx", Answer(FIRST, headers={"ETag": '"1"'}))
    fetch(row())
    moved = site.serves("/moved.xlsx", Answer(SECOND, headers={"ETag": '"1"'}))
    assert one(fetch(row(url=moved)))[0] == REVISED


def test_a_revision_is_kept_beside_the_first(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """And is from then on the one to compare with."""
    site.serves("/budget.xlsx", Answer(FIRST, headers={"ETag": '"1"'}))
    fetch(row())
    site.serves("/budget.xlsx", Answer(SECOND, headers={"ETag": '"2"'}))
    (result,) = fetch(row(), today="2026-12-01")
    name = f"budget.2026-12-01.{hashlib.sha256(SECOND).hexdigest()[:8]}.xlsx"
    assert (result.what, result.file, result.said) == (REVISED, name, f"{name}: differs from budget.xlsx.")
    held = contents(folder)
    assert (held["budget.xlsx"], held[name]) == (FIRST, SECOND)
    assert [(entry["file"], entry["supersedes"]) for entry in manifest(folder)] == [
        (name, "budget.xlsx"),
        ("budget.xlsx", ""),
    ]
    assert one(fetch(row(), today="2027-01-01")) == (UNCHANGED, name)
    assert site.asked("/budget.xlsx")[-1]["if-none-match"] == '"2"'
    site.serves("/budget.xlsx", Answer(FIRST, headers={"ETag": '"3"'}))
    assert one(fetch(row(), today="2027-02-01"))[0] == REVISED
    assert one(fetch(row(), today="2027-03-01"))[0] == UNCHANGED


def test_a_revision_whose_file_is_gone_is_fetched_again(
    site: Site, row: Row, fetch: Fetch, folder: Path
) -> None:
    """Whichever of the two editions someone has taken away."""
    site.serves("/budget.xlsx", Answer(FIRST))
    fetch(row())
    site.serves("/budget.xlsx", Answer(SECOND))
    _, name = one(fetch(row(), today="2026-12-01"))
    (folder / name).unlink()
    assert one(fetch(row(), today="2026-12-01")) == (REVISED, name)
    (folder / "budget.xlsx").unlink()
    assert one(fetch(row(), today="2026-12-02")) == (UNCHANGED, name)
    site.serves("/budget.xlsx", Answer(workbook("third")))
    what, third = one(fetch(row(), today="2026-12-03"))
    assert (what, third[:17]) == (REVISED, "budget.2026-12-03")
    assert one(fetch(row(), today="2026-12-04")) == (UNCHANGED, third)


@pytest.mark.parametrize("recorded", [True, False])
def test_a_file_that_is_there_is_never_written_over(
    site: Site, row: Row, fetch: Fetch, folder: Path, recorded: bool
) -> None:
    """Neither one that was changed after it was fetched, nor one put there by hand."""
    site.serves("/budget.xlsx", Answer(FIRST, headers={"ETag": '"1"'}))
    if recorded:
        fetch(row())
    folder.mkdir(exist_ok=True)
    (folder / "budget.xlsx").write_bytes(b"by hand")
    what, name = one(fetch(row()))
    assert what == REVISED and contents(folder)["budget.xlsx"] == b"by hand"
    assert contents(folder)[name] == FIRST
    assert one(fetch(row())) == (UNCHANGED, name)


def test_without_a_checksum_policy_the_last_is_replaced(
    site: Site, row: Row, fetch: Fetch, folder: Path
) -> None:
    """Only where the register says so."""
    site.serves("/budget.xlsx", Answer(FIRST), Answer(SECOND))
    careless = row(checksum_policy="none", note="a reason")
    assert one(fetch(careless)) == (NEW, "budget.xlsx")
    assert one(fetch(careless)) == (REPLACED, "budget.xlsx")
    assert contents(folder)["budget.xlsx"] == SECOND


def test_a_refused_file_leaves_the_last_one(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """And its line in the manifest."""
    site.serves("/budget.xlsx", Answer(FIRST))
    fetch(row())
    before = contents(folder)
    site.serves("/budget.xlsx", Answer(b"<html>Sorry</html>" * 100))
    assert one(fetch(row()))[0] == REFUSED
    assert contents(folder) == before


def test_a_row_that_fails_does_not_keep_the_others(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """Nor is a row by hand asked for."""
    site.serves("/budget.xlsx", Answer(FIRST))
    broken = row(kind="page", page_url=f"{site.url}/gone", link_pattern="x", download_id="gone")
    by_hand = row(status="by_hand", note="no stable address", download_id="by_hand")
    results = fetch(broken, by_hand, row())
    assert [result.what for result in results] == [REFUSED, BY_HAND, NEW]
    assert "404 Not Found" in results[0].said and results[1].said == "no stable address"


def written(path: Path, *rows: Download) -> Path:
    """A register of these rows."""
    columns = [*Download.__dataclass_fields__, "licence_note"]
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, columns)
        writer.writeheader()
        for each in rows:
            hosts = " ".join(each.allowed_hosts)
            writer.writerow(vars(each) | {"allowed_hosts": hosts, "licence_note": "Open Government Licence"})
    return path


def test_the_command_prints_a_table(
    site: Site, row: Row, client: Client, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Files, what happened to them, and the exit status."""
    site.serves("/budget.xlsx", Answer(FIRST))
    by_hand = row(
        status="by_hand", note="No stable address.", download_id="early", publication_id="defra_waste"
    )
    register = written(tmp_path / "register.csv", row(), by_hand)
    assert main([str(folder)], register, client) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Publication           File         What       Bytes",
        f"mhclg_revenue_budget  budget.xlsx  new      {len(FIRST):,}",
        "defra_waste           early        by hand",
        "",
        "by hand, defra_waste, No stable address.",
        "",
        "1 by hand, 1 new.",
    ]
    site.serves("/budget.xlsx", Answer(status=404))
    assert main([str(folder), "--publication", "mhclg_revenue_budget"], register, client) == 1
    assert "404 Not Found" in capsys.readouterr().out
    assert main([str(folder), "--publication", "defra_wast"], register, client) == 2
    assert "expected one of defra_waste, mhclg_revenue_budget" in capsys.readouterr().err


def test_a_row_on_request_is_fetched_only_when_named(
    site: Site, row: Row, client: Client, folder: Path, tmp_path: Path
) -> None:
    """By its publication or by itself; a list fetches nothing."""
    site.serves("/budget.xlsx", Answer(FIRST))
    register = written(tmp_path / "register.csv", row(status="on_request"))
    assert main([str(folder)], register, client) == 0
    assert main(["--list", "--publication", "budget"], register, client) == 0
    assert not site.requests
    assert main([str(folder), "--publication", "budget"], register, client) == 0
    assert len(site.requests) == 1


def test_two_runs_do_not_share_a_folder(
    site: Site, row: Row, client: Client, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second is told to wait."""
    from scripts.download.__main__ import only_run

    register = written(tmp_path / "register.csv", row())
    with only_run(folder):
        assert main([str(folder)], register, client) == 2
    assert "another download is running" in capsys.readouterr().err
    assert not site.requests


def test_a_stopped_run_goes_on(
    site: Site, row: Row, client: Client, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was fetched before the keyboard interrupt is recorded."""
    site.serves("/budget.xlsx", Answer(FIRST, headers={"ETag": '"1"'}))
    second = row(url=site.serves("/second.xlsx", Answer(status=503)), file_name="second.xlsx")
    register = written(tmp_path / "register.csv", row(), second)

    def stop(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("scripts.download.client.SECONDS_BETWEEN_REQUESTS", 0)
    stopped = Client(type(client.clock)(client.clock.now, stop), schemes=("http",))
    assert main([str(folder)], register, stopped) == 130
    assert [entry["file"] for entry in manifest(folder)] == ["budget.xlsx"]
