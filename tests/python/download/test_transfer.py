"""One file: what breaks is tried again and resumed, what is not the file expected is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.download.client import ATTEMPTS, SECONDS_BETWEEN_REQUESTS, USER_AGENT
from scripts.download.register import Download
from scripts.download.run import NEW, REFUSED, Result

from .conftest import Waits
from .site import ODS, Answer, Site, redirect, workbook

Fetch = Callable[..., list[Result]]
Row = Callable[..., Download]
FILE = workbook()
PAGE = b"<!DOCTYPE html><html><body>Sorry, there is a problem with the service</body></html>" + b" " * 2_000


def refused(results: list[Result], folder: Path, *words: str) -> None:
    """The one file was refused with these words, and nothing of it was left."""
    (result,) = results
    assert result.what == REFUSED
    for word in words:
        assert word in result.said
    assert result.said.count(". ") <= 1 and result.said.endswith(".")
    assert not list(folder.iterdir())


def arrived(results: list[Result], folder: Path, content: bytes = FILE) -> None:
    """The one file is there, whole, and only it and the manifest."""
    (result,) = results
    assert (result.what, result.size) == (NEW, len(content)), result.said
    assert (folder / "budget.xlsx").read_bytes() == content
    assert sorted(path.name for path in folder.iterdir()) == ["budget.xlsx", "downloads.csv"]


def test_a_file_arrives(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """The plain case, and who is asking."""
    site.serves("/budget.xlsx", Answer(FILE))
    arrived(fetch(row()), folder)
    (headers,) = site.asked("/budget.xlsx")
    assert headers["user-agent"] == USER_AGENT
    assert headers["accept-encoding"] == "identity"


def test_a_broken_file_is_resumed(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """The rest is asked for, and only if it is the rest of the same content."""
    tag = {"ETag": '"1"'}
    site.serves("/budget.xlsx", Answer(FILE, headers=tag, cut=150_000), Answer(FILE, headers=tag))
    arrived(fetch(row()), folder)
    first, second = site.asked("/budget.xlsx")
    assert "range" not in first
    assert int(second["range"].removeprefix("bytes=").rstrip("-")) > 60_000
    assert second["if-range"] == '"1"'


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(Answer(workbook("other"), headers={"ETag": '"2"'}), id="another ETag"),
        pytest.param(
            Answer(workbook("other"), headers={"ETag": '"1"'}, takes_ranges=False), id="ignores Range"
        ),
        pytest.param(
            Answer(workbook("other"), headers={"ETag": '"1"', "Content-Range": "bytes 7-9/10"}),
            id="another part",
        ),
    ],
)
def test_what_cannot_be_resumed_starts_from_zero(
    site: Site, row: Row, fetch: Fetch, folder: Path, second: Answer
) -> None:
    """No file is made of two contents."""
    first = Answer(FILE, headers={"ETag": '"1"'}, cut=150_000)
    whole = Answer(workbook("other"), headers={"ETag": '"2"'})
    site.serves("/budget.xlsx", first, second, whole)
    arrived(fetch(row()), folder, workbook("other"))


def test_the_rest_of_another_content_is_not_taken(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """A server that ignores If-Range and sends the rest of a new content is caught by its ETag."""
    site.serves(
        "/budget.xlsx",
        Answer(FILE, headers={"ETag": '"1"'}, cut=150_000),
        Answer(workbook("other"), headers={"ETag": '"2"'}, careless=True),
        Answer(workbook("other"), headers={"ETag": '"2"'}),
    )
    arrived(fetch(row()), folder, workbook("other"))


def test_without_validators_nothing_is_resumed(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """A weak ETag alone does not promise the same bytes."""
    weak = {"ETag": 'W/"1"'}
    site.serves("/budget.xlsx", Answer(FILE, headers=weak, cut=150_000), Answer(FILE, headers=weak))
    arrived(fetch(row()), folder)
    assert all("range" not in headers for headers in site.asked("/budget.xlsx"))


def test_the_next_run_resumes_what_kept_breaking(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """After the last try the unfinished file stays, unseen under its own name."""
    tag = {"ETag": '"1"'}
    site.serves("/budget.xlsx", Answer(FILE, headers=tag, cut=20_000))
    (result,) = fetch(row())
    assert result.what == REFUSED
    assert "broken off" in result.said and f"Tried {ATTEMPTS} times" in result.said
    assert sorted(path.name for path in folder.iterdir()) == ["budget.xlsx.part", "budget.xlsx.part.json"]
    site.serves("/budget.xlsx", Answer(FILE, headers=tag))
    arrived(fetch(row()), folder)
    assert "range" in site.asked("/budget.xlsx")[-1]


def test_the_rest_of_another_address_is_not_taken(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """The next release may have another address, and its server count its ETags anew."""
    tag = {"ETag": '"1"'}
    site.serves("/budget.xlsx", Answer(FILE, headers=tag, cut=20_000))
    fetch(row())
    moved = site.serves("/moved.xlsx", Answer(workbook("other"), headers=tag))
    arrived(fetch(row(url=moved)), folder, workbook("other"))


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(
    site: Site, row: Row, fetch: Fetch, folder: Path, waits: Waits, status: int
) -> None:
    """With a pause that grows from try to try."""
    busy = Answer(PAGE, status=status, content_type="text/html")
    site.serves("/budget.xlsx", busy, busy, busy, Answer(FILE))
    arrived(fetch(row()), folder)
    assert waits.slept == [2, 4, 8]


@pytest.mark.parametrize("value", ["40", "Thu, 01 Jan 2099 00:00:00 GMT", "-1", "soon"])
def test_retry_after_is_honoured(
    site: Site, row: Row, fetch: Fetch, folder: Path, waits: Waits, value: str
) -> None:
    """As seconds; an hour or a century is not waited for, and nonsense is not heeded."""
    busy = Answer(status=429, headers={"Retry-After": value})
    site.serves("/budget.xlsx", busy, Answer(FILE))
    results = fetch(row())
    if "2099" in value:
        refused(results, folder, "429", "try again later")
    else:
        arrived(results, folder)
        assert max(waits.slept) == (40 if value == "40" else 2)


def test_a_server_that_stays_down_is_given_up(
    site: Site, row: Row, fetch: Fetch, folder: Path, waits: Waits
) -> None:
    """After so many tries, with the status in the sentence."""
    site.serves("/budget.xlsx", Answer(PAGE, status=500, content_type="text/html"))
    refused(
        fetch(row()), folder, "/budget.xlsx", "500 Internal Server Error", "expected 200 OK", "Tried 5 times"
    )
    assert len(site.requests) == ATTEMPTS


def test_what_is_not_there_is_not_asked_for_again(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """404 does not pass."""
    refused(fetch(row()), folder, "404 Not Found")
    assert len(site.requests) == 1


def test_a_server_that_hangs_is_asked_again(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """The client does not wait for ever."""
    site.serves("/budget.xlsx", Answer(hangs=True), Answer(FILE))
    arrived(fetch(row()), folder)


def test_requests_to_a_host_are_spaced_out(site: Site, row: Row, fetch: Fetch, waits: Waits) -> None:
    """One at a time, with the polite pause between two."""
    rows = []
    for number in range(3):
        address = site.serves(f"/{number}.xlsx", Answer(FILE))
        rows.append(row(url=address, file_name=f"{number}.xlsx"))
    fetch(*rows)
    assert waits.slept == [SECONDS_BETWEEN_REQUESTS] * 2


def test_redirects_are_followed_to_allowed_hosts(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """Within the host, and to another that the register allows."""
    port = site.host.rpartition(":")[2]
    other = f"localhost:{port}"
    site.serves("/budget.xlsx", redirect("/moved.xlsx"))
    site.serves("/moved.xlsx", redirect(f"http://{other}/again.xlsx"))
    site.serves("/again.xlsx", Answer(FILE))
    arrived(fetch(row(allowed_hosts=frozenset({site.host, other}))), folder)
    assert f"http://{other}/again.xlsx" in (folder / "downloads.csv").read_text(encoding="utf-8")


def test_a_foreign_host_is_not_asked(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """A redirect to a host that the register does not allow."""
    port = site.host.rpartition(":")[2]
    site.serves("/budget.xlsx", redirect(f"http://localhost:{port}/again.xlsx"))
    site.serves("/again.xlsx", Answer(FILE))
    refused(fetch(row()), folder, "leads to", f"the host is localhost:{port}", site.host)
    assert not site.asked("/again.xlsx")


def test_only_allowed_schemes_are_asked(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """A redirect away from the scheme of the client, which is https outside these tests."""
    site.serves("/budget.xlsx", redirect(f"ftp://{site.host}/budget.xlsx"))
    refused(fetch(row()), folder, "the scheme is ftp", "expected http")


def test_a_loop_is_left(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """Two addresses that send to each other."""
    site.serves("/budget.xlsx", redirect("/moved.xlsx"))
    site.serves("/moved.xlsx", redirect("/budget.xlsx"))
    refused(fetch(row()), folder, "redirected in a loop")
    assert len(site.requests) == 2


def test_endless_redirects_are_left(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """Each to a new address."""
    site.serves("/budget.xlsx", redirect("/0"))
    for number in range(20):
        site.serves(f"/{number}", redirect(f"/{number + 1}"))
    refused(fetch(row()), folder, "more than 5 times")
    assert len(site.requests) == 6


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(
            Answer(PAGE, content_type="text/html; charset=utf-8"),
            ["the content type is text/html", "expected application/vnd"],
            id="error page, honest",
        ),
        pytest.param(Answer(PAGE), ["HTML page", "expected a xlsx file"], id="error page as workbook"),
        pytest.param(Answer(PAGE[:200]), ["HTML page", "expected a xlsx file"], id="short error page"),
        pytest.param(Answer(b""), ["0 bytes", "at least 1,000", "of budget"], id="empty"),
        pytest.param(
            Answer(workbook(size=1)),
            ["258 bytes, expected at least 1,000 (minimum_bytes of budget)"],
            id="too little",
        ),
        pytest.param(
            Answer(FILE[:150_000]), ["the zip file cannot be opened"], id="whole, but half a workbook"
        ),
        pytest.param(
            Answer(FILE.replace(b"firstfirst", b"firstfurst", 1)), ["is damaged"], id="a bit has flipped"
        ),
        pytest.param(Answer(b"PK" + b"x" * 2_000), ["the zip file cannot be opened"], id="no zip inside"),
        pytest.param(
            Answer(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2_000),
            ["encrypted workbook"],
            id="old workbook",
        ),
        pytest.param(Answer(b"year,value\n" * 500), ["the zip file cannot be opened"], id="text as workbook"),
        pytest.param(
            Answer(workbook(size=1_100_000)),
            ["1,100,257 bytes or more, expected at most 1,000,000 (maximum_bytes of budget)"],
            id="too much, honest",
        ),
        pytest.param(
            Answer(workbook(size=1_100_000), says_length=False),
            ["expected at most 1,000,000 (maximum_bytes of budget)"],
            id="too much, unannounced",
        ),
        pytest.param(Answer(FILE, content_type=""), ["the content type is missing"], id="no type"),
    ],
)
def test_what_is_not_the_file_is_refused(
    site: Site, row: Row, fetch: Fetch, folder: Path, answer: Answer, words: list[str]
) -> None:
    """The sentence names the address, what was found and what was expected."""
    address = site.serves("/budget.xlsx", answer)
    refused(fetch(row()), folder, address, *words)


def test_too_much_is_noticed_on_the_way(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """An endless file is not read to its end."""
    site.serves("/budget.xlsx", Answer(b"x" * 5_000_000, says_length=False))
    (result,) = fetch(row())
    found = int(result.said.split(" bytes or more")[0].rpartition(" ")[2].replace(",", ""))
    assert 1_000_000 < found < 1_100_000


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"year,value\n2018,1\n" * 100, ""),
        ("a.csv", b"\xef\xbb\xbfyear,value\n2018,1\n" * 100, ""),
        ("a.csv", b"year\n2018\n" * 200, "no comma"),
        ("a.csv", FILE, "not text"),
        ("a.csv", ("year,value\n" * 500).encode("utf-16-le"), "not text"),
        ("a.xlsx", FILE.replace(b"xl/workbook.xml", b"word/document.x"), "no xl/workbook.xml"),
        ("a.csv", b"\n\n " + PAGE, "HTML page"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2_000, ""),
        ("a.xls", FILE, "not an Excel 97 workbook"),
        ("a.parquet", b"PAR1" + b"\0" * 2_000 + b"PAR1", ""),
        ("a.parquet", b"PAR1" + b"\0" * 2_000, "begin and end as Parquet"),
        ("a.ods", FILE, "mimetype"),
        ("a.exe", FILE, "nothing is known of .exe"),
    ],
)
def test_content_is_what_the_name_says(
    site: Site, row: Row, fetch: Fetch, folder: Path, name: str, content: bytes, said: str
) -> None:
    """By its first bytes, and a zipped workbook by its parts."""
    address = site.serves(f"/{name}", Answer(content, content_type="application/octet-stream"))
    (result,) = fetch(
        row(url=address, file_name=name, expected_content_type="text/csv application/octet-stream")
    )
    assert (result.what == REFUSED, said in result.said) == (bool(said), True), result.said


def test_a_pinned_file_is_that_file_or_refused(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """The checksum of the register; once here it is not even asked for again."""
    pinned = row(checksum_policy="pinned", sha256=hashlib.sha256(FILE).hexdigest())
    site.serves("/budget.xlsx", Answer(workbook("other")), Answer(FILE))
    refused(
        fetch(pinned),
        folder,
        hashlib.sha256(workbook("other")).hexdigest(),
        pinned.sha256,
        "pinned by budget",
    )
    arrived(fetch(pinned), folder)
    fetch(pinned)
    assert len(site.requests) == 2


def test_a_spreadsheet_of_open_document_is_one(site: Site, row: Row, fetch: Fetch, folder: Path) -> None:
    """Its first part says so."""
    content = workbook().replace(b"xl/workbook.xml", b"not-mimetype.md")
    address = site.serves("/a.ods", Answer(content, content_type=ODS))
    (result,) = fetch(row(url=address, file_name="a.ods", expected_content_type=ODS))
    assert "the zip file's mimetype is not that of a spreadsheet" in result.said
