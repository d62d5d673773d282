"""Draw a picture of each council for whoever shares a link to its report.

    python -m scripts.site.pictures [--councils SLUG ...]

It says the council's name, its overall rank with the likely range, and the edition, or why it has no rank.
Chromium draws it. A picture is drawn anew only where what it says has changed:
``pictures/drawn.json`` has the checksum of each. ``make site`` takes along the pictures that still say what
the report says, and its pages name them; without pictures, or with older ones, they name none.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.build import DATABASE
from scripts.progress import show_progress
from scripts.site.canvas import Scale, wrapped
from scripts.site.said import said
from scripts.site.shared import ROOT
from scripts.site.words import rank_or_reason

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site

FOLDER = ROOT / "pictures"
RECORD = "drawn.json"
WIDTH, HEIGHT = 1200, 630
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SAY = said("public")
FONTS = ("Arial", "Helvetica", "Liberation Sans", "sans-serif")
FONT = f"font-family='{', '.join(FONTS)}'"


def drawing(title: str, row: Row) -> str:
    """The picture of one council as SVG."""
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{HEIGHT}'>",
        f"<rect width='{WIDTH}' height='{HEIGHT}' fill='#fff'/>",
        f"<rect width='{WIDTH}' height='96' fill='#12436d'/>",
        f"<rect y='96' width='{WIDTH}' height='8' fill='#28a197'/>",
    ]

    def text(y: int, size: int, words: str, colour: str = "#1d1d1f", bold: bool = False) -> None:
        weight = " font-weight='bold'" if bold else ""
        parts.append(
            f"<text x='64' y='{y}' font-size='{size}' fill='{colour}'{weight} {FONT}>{escape(words)}</text>"
        )

    text(62, 40, SAY.name, "#fff", bold=True)
    y = 196
    for line in wrapped(title, WIDTH - 128, size=64):
        text(y, 64, line, bold=True)
        y += 72
    for line in wrapped(f"Overall, {row['edition']}: {rank_or_reason(row)}", WIDTH - 128, 3, size=32):
        text(y, 32, line)
        y += 50
    if row["productivity_rank"] is not None and row["rank_p05"] is not None:
        across = Scale(1, max(row["ranked_councils"], 2), 140, WIDTH - 140)
        start, end, own = across(row["rank_p05"]), across(row["rank_p95"]), across(row["productivity_rank"])
        parts.append(f"<path d='M140 480H{WIDTH - 140}' stroke='#6b7278' stroke-width='3'/>")
        parts.append(
            f"<rect x='{start - 4:.1f}' y='466' width='{end - start + 8:.1f}' height='28' fill='#7a92a8'/>"
        )
        parts.append(
            f"<circle cx='{own:.1f}' cy='480' r='20' fill='#12436d' stroke='#fff' stroke-width='4'/>"
        )
        parts.append(f"<text x='64' y='490' font-size='30' fill='#52575c' {FONT}>1st</text>")
        parts.append(f"<text x='{WIDTH - 128}' y='490' font-size='30' fill='#52575c' {FONT}>last</text>")
    text(588, 30, SAY.rank_note, "#52575c")
    return "".join([*parts, "</svg>"])


def wanted(site: Site, only: Sequence[str] = ()) -> dict[str, str]:
    """The drawing of each council by the name of its report, of the edition that the report shows first."""
    found = {}
    for council in site.councils:
        if only and council["slug"] not in only:
            continue
        rows = site.standings[(council["main_edition"], council["gss_code"])]
        overall = next(row for row in rows if row["ranking_id"] == "overall")
        found[council["slug"]] = drawing(council["title"], overall)
    return found


def digest(picture: str) -> str:
    """The checksum of a drawing."""
    return hashlib.sha256(picture.encode()).hexdigest()


def drawn(folder: Path) -> dict[str, str]:
    """The checksums of the drawings that the pictures of a folder were made from."""
    record = folder / RECORD
    held: dict[str, str] = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    return {slug: sum_ for slug, sum_ in held.items() if (folder / f"{slug}.png").exists()}


class NoChromiumError(Exception):
    """There is no Chromium to draw with, or it drew nothing."""


def photographed(program: str, picture: str, target: Path) -> None:
    """Have Chromium draw one picture into a file."""
    with tempfile.TemporaryDirectory() as room:
        page, shot = Path(room) / "page.html", Path(room) / "page.png"
        page.write_text(
            f"<!DOCTYPE html><meta charset=utf-8><body style='margin:0'>{picture}", encoding="utf-8"
        )
        command = [
            *(program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *(f"--window-size={WIDTH},{HEIGHT}", f"--user-data-dir={room}/profile", f"--screenshot={shot}"),
            page.as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not shot.exists():
            last = done.stderr.strip().rpartition("\n")[2]
            raise NoChromiumError(f"{program} drew no picture: {last or 'it said nothing'}")
        shutil.move(shot, target)


def draw(pictures: dict[str, str], folder: Path) -> list[str]:
    """Draw what is not there or says something else; returns what was drawn."""
    held = drawn(folder)
    fresh = {slug: picture for slug, picture in pictures.items() if held.get(slug) != digest(picture)}
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if fresh and program is None:
        raise NoChromiumError(f"Pictures are drawn by Chromium, and there is none of {', '.join(PROGRAMS)}.")
    folder.mkdir(parents=True, exist_ok=True)
    with show_progress("pictures") as show:
        for done, (slug, picture) in enumerate(fresh.items(), 1):
            photographed(str(program), picture, folder / f"{slug}.png")
            held[slug] = digest(picture)
            # What a stopped run has drawn stays drawn.
            record = json.dumps(dict(sorted(held.items())), indent=1)
            (folder / RECORD).write_text(record + "\n", encoding="utf-8")
            show(done, len(fresh), "")
    return list(fresh)


def taken_along(site: Site, folder: Path, target: Path) -> set[str]:
    """Copy the pictures that say what the reports say; returns whose they are."""
    held = drawn(folder)
    current = {
        slug for slug, picture in (wanted(site) if held else {}).items() if held.get(slug) == digest(picture)
    }
    if current:
        target.mkdir()
        for slug in sorted(current):
            shutil.copy(folder / f"{slug}.png", target)
    return current


def main(arguments: Sequence[str]) -> int:
    """Draw the pictures; returns the process's exit status."""
    from scripts.site.__main__ import SOURCE
    from scripts.site.data import Figures
    from scripts.site.pages import Site

    parser = argparse.ArgumentParser(
        "python -m scripts.site.pictures", description="Draw a picture of each council."
    )
    parser.add_argument("--councils", nargs="+", default=[], metavar="SLUG", help="of these councils only")
    options = parser.parse_args(arguments)
    if not (ROOT / DATABASE).exists():
        print(f"{DATABASE} is not there: run make index first.")
        return 1
    pictures = wanted(Site(Figures(ROOT / DATABASE, SOURCE / "queries"), ()), options.councils)
    try:
        done = draw(pictures, FOLDER)
    except NoChromiumError as error:
        print(error)
        return 1
    print(
        f"{len(done)} of {len(pictures)} pictures drawn anew in {FOLDER.name}/. make site takes them along."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
