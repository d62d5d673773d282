"""What a shared link shows: titles and words on every page, a picture of each council where one was drawn."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from scripts.site import pictures
from scripts.site.__main__ import environment
from scripts.site.parts import Page
from scripts.site.public import Facts

if TYPE_CHECKING:
    from scripts.site.pages import Site

in_browser = pytest.mark.slow("pictures of councils, drawn in Chromium")
ROW = {
    "ranking_id": "overall",
    "edition": "2024-25",
    "productivity_rank": 23,
    "ranked_councils": 149,
    "rank_p05": 12,
    "rank_p95": 41,
    "not_ranked_reason": None,
}


def site_of(rank: int | None) -> Site:
    """A site of one council, ranked or not."""
    row = ROW | {"productivity_rank": rank, "not_ranked_reason": None if rank else "too_few_lenses"}
    council = {
        "slug": "ambridge",
        "gss_code": "E1",
        "title": "Ambridge & Borchester",
        "main_edition": "2024-25",
    }
    return cast("Site", SimpleNamespace(councils=[council], standings={("2024-25", "E1"): [row]}))


def test_a_picture_says_name_range_and_edition() -> None:
    """Never a bare rank; without one, the reason."""
    ranked, unranked = (pictures.wanted(site_of(rank))["ambridge"] for rank in (23, None))
    for said in (
        "Ambridge &amp; Borchester",
        "Overall, 2024-25: 23rd, likely 12th to 41st of 149",
        "<circle",
    ):
        assert said in ranked
    assert "Overall, 2024-25: Not ranked: too few lenses are ranked" in unranked
    assert "<circle" not in unranked
    assert pictures.wanted(site_of(23), ["elsewhere"]) == {}


@pytest.mark.parametrize("base", ["", "https://example.org/index/"])
def test_a_page_names_a_picture_only_if_it_is_there(tmp_path: Path, base: str) -> None:
    """Where none was drawn, where it says something else, and where the site's address is not known: none."""

    def named(rank: int | None) -> list[str]:
        templates = environment(Facts("1.0", base=base))
        target = tmp_path / f"site-{rank}" / "pictures"
        target.parent.mkdir(exist_ok=True)
        templates.globals["pictures"] = pictures.taken_along(site_of(rank), folder, target)
        page = Page("councils/ambridge.html", "Ambridge", [], [], "council", "About it.")
        html = templates.get_template("page.html").render(page=page, root="../", compare="ambridge")
        return re.findall(r'<meta property="og:image" content="([^"]*)">', html)

    folder = tmp_path / "pictures"
    assert named(23) == []
    folder.mkdir()
    (folder / "ambridge.png").write_bytes(b"a picture")
    record = {"ambridge": pictures.digest(pictures.wanted(site_of(23))["ambridge"])}
    (folder / pictures.RECORD).write_text(json.dumps(record), encoding="utf-8")
    assert named(23) == ([f"{base}pictures/ambridge.png"] if base else [])
    assert (tmp_path / "site-23" / "pictures" / "ambridge.png").read_bytes() == b"a picture"
    # The council's rank has changed since: what the picture says is not true any more.
    assert named(24) == []
    assert not (tmp_path / "site-24" / "pictures").exists()


def test_every_page_says_what_a_shared_link_shows(small_site: Path) -> None:
    """A title and a description in Open Graph's words, but on a page that leads on or has no address."""
    kinds = set()
    for path in small_site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' in html or 'content="noindex"' in html:
            continue
        told: dict[str, Any] = dict(
            re.findall(r'<meta (?:name="description" )?property="og:(\w+)" content="([^"]+)">', html)
        )
        assert set(told) == {"title", "description"}, path
        assert (
            told["title"] in html.partition("<title>")[2].partition("</title>")[0]
            or path.name == "index.html"
        )
        kinds.add(html.partition('data-kind="')[2].partition('"')[0])
    assert len(kinds) > 12


@in_browser
def test_pictures_are_drawn_only_where_figures_changed(tmp_path: Path) -> None:
    """Twice the same is drawn once; another rank is drawn anew; what is drawn twice has the same bytes."""
    first = pictures.wanted(site_of(23)) | {"other": pictures.drawing("Other", ROW)}
    assert sorted(pictures.draw(first, tmp_path)) == ["ambridge", "other"]
    held = (tmp_path / "ambridge.png").read_bytes()
    assert held[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(held[16:20]), int.from_bytes(held[20:24])) == (1200, 630)
    assert pictures.draw(first, tmp_path) == []
    changed = first | pictures.wanted(site_of(24))
    assert pictures.draw(changed, tmp_path) == ["ambridge"]
    assert (tmp_path / "ambridge.png").read_bytes() != held
    (tmp_path / "ambridge.png").unlink()
    assert pictures.draw(first, tmp_path) == ["ambridge"]
    assert (tmp_path / "ambridge.png").read_bytes() == held


def test_without_chromium_one_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the programs that were looked for; nothing to draw needs none of them."""
    monkeypatch.setattr(pictures, "PROGRAMS", ("no-such-browser",))
    assert pictures.draw({}, tmp_path / "empty") == []
    with pytest.raises(pictures.NoChromiumError, match="there is none of no-such-browser"):
        pictures.draw(pictures.wanted(site_of(23)), tmp_path)
    monkeypatch.setattr(pictures, "PROGRAMS", ("true",))
    with pytest.raises(pictures.NoChromiumError, match="drew no picture: it said nothing"):
        pictures.draw(pictures.wanted(site_of(23)), tmp_path)
    assert list(tmp_path.glob("*.png")) == []
