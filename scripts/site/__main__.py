"""Render the report site.

    python -m scripts.site [--councils SLUG ...] [--to FOLDER] [--no-downloads]

Reads ``warehouse/council_productivity.duckdb`` and writes ``site/``. ``--councils`` renders the reports of
a few councils only, for a quick look.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from pathlib import Path
from typing import TypeVar

import duckdb
import yaml
from jinja2 import Environment

from scripts.build import DATABASE
from scripts.interruptions import reason, stop_when_terminated, too_late_to_stop
from scripts.locks import hold
from scripts.marts import write_csv, write_parquet
from scripts.progress import show_progress
from scripts.release.export import sha256
from scripts.site import pictures, public
from scripts.site.chart_data import facts_script
from scripts.site.compare import compare_files
from scripts.site.data import Figures
from scripts.site.pages import Site
from scripts.site.parts import Page
from scripts.site.plan import made, plan
from scripts.site.said import templates
from scripts.site.shared import LARGEST_CSV
from scripts.site.what_if import what_if_files

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "site_src"
CHUNK = 25
FOLDERS = ("councils", "lenses", "measures", "modules", "movers", "delayed-transfers", "delayed-discharges")
Part = TypeVar("Part")
Made = TypeVar("Made")

# What a process that renders needs; it inherits both when it is forked.
_site: Site
_plan: list[tuple[object, ...]]
_environment: Environment
_target: Path


class AnotherRenderError(Exception):
    """The site is already being rendered there."""


@contextmanager
def only_render(target: Path) -> Iterator[Path]:
    """Hold the lock of a site and give the folder to render into, cleared of what a killed run left there."""
    fresh = target.with_name(f".{target.name}-staging")
    with hold(target.with_name(f".{target.name}-lock"), AnotherRenderError()):
        last = replaced(target)
        if last.exists() and not target.exists():
            last.rename(target)
        for left in (fresh, last):
            shutil.rmtree(left, ignore_errors=True)
        try:
            yield fresh
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def replaced(target: Path) -> Path:
    """Where the last site stands for the moment in which the new one takes its place."""
    return target.with_name(f".{target.name}-last-staging")


def put_in_place(fresh: Path, target: Path) -> None:
    """Replace a site; a folder cannot replace one in a single step, so a killed run is mended by the next."""
    last = replaced(target)
    with too_late_to_stop():
        if target.exists():
            target.rename(last)
        fresh.rename(target)
    shutil.rmtree(last, ignore_errors=True)


def standing(target: Path) -> str:
    """What became of the site in a run that rendered none."""
    return f"The last site in {target} is as it was." if target.exists() else "There is no site yet."


def ends_with_its_parent() -> None:
    """Leave Ctrl-C to the process that shares out the pages, and end when that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def shared_out(work: Callable[[Part], Made], parts: Sequence[Part], workers: int) -> Iterator[Made]:
    """What processes make of each part, as it comes.

    Unlike multiprocessing's own pool, this one notices when a process of it is killed.
    """
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, context, ends_with_its_parent) as pool:
        try:
            for done in as_completed([pool.submit(work, part) for part in parts]):
                yield done.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def environment(facts: public.Facts | None = None) -> Environment:
    """The templates, with every text escaped, and what every page says of itself."""
    project = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    found = templates(escaped=True)
    found.globals["method_version"] = project["vars"]["method_version"]
    found.globals["facts"] = facts or public.Facts(project["version"])
    found.globals["policy"] = public.POLICY
    found.globals["pictures"] = set()
    return found


def written(page: Page) -> tuple[int, int, int]:
    """Write a page and its CSV; returns its charts, its size and, of a report, its size gzipped."""
    path = _target / page.path
    html = _environment.get_template(page.template).render(page=page, root=page.root, **page.values)
    content = html.encode()
    path.write_bytes(content)
    if page.has_csv:
        path.with_suffix(".csv").write_text(page.csv(), encoding="utf-8")
    for address in page.also_at:
        other = _target / address
        moved = _environment.get_template("moved.html").render(page=page, root=page.root, target=path.name)
        other.write_text(moved, encoding="utf-8")
        shutil.copy(path.with_suffix(".csv"), other.with_suffix(".csv"))
    report = page.kind == "council" and "SITE_MEASURED" in os.environ
    return page.charts(), len(content), len(gzip.compress(content, 6)) if report else 0


def render(span: tuple[int, int]) -> list[tuple[int, int, int]]:
    """Make and write some pages of the plan."""
    return [written(made(step)) for step in _plan[span[0] : span[1]]]


def exported(figures: Figures, folder: Path) -> dict[str, dict[str, object]]:
    """Write every mart as Parquet and, up to a length, as CSV, and the checksums of all."""
    folder.mkdir()
    found: dict[str, dict[str, object]] = {}
    tables = sorted({row["table_name"] for row in figures.rows("tables")})
    for table in tables:
        (rows,) = figures.connection.execute(f"select count(*) from marts.{table}").fetchall()[0]
        files = [f"{table}.parquet"]
        source = f"select * from marts.{table} order by all"
        write_parquet(figures.connection, source, folder / files[0])
        if rows <= LARGEST_CSV:
            files.append(f"{table}.csv")
            write_csv(figures.connection, source, folder / files[1])
        found[table] = {"rows": rows, "files": files}
    sums = [f"{sha256(path)}  {path.name}" for path in sorted(folder.iterdir())]
    (folder / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")
    return found


def build(
    database: Path, target: Path, only: Sequence[str] = (), downloads: bool = True
) -> dict[str, object]:
    """Render everything into a folder of its own and put it in place; returns what was measured."""
    started = time.monotonic()
    target.parent.mkdir(parents=True, exist_ok=True)
    with only_render(target) as fresh:
        results = rendered(database, fresh, only, downloads)
        put_in_place(fresh, target)
    measured = {
        "pages": len(results),
        "charts": sum(charts for charts, _, _ in results),
        "seconds": round(time.monotonic() - started, 1),
        "processor_seconds": round(sum(os.times()[:4]), 1),
        "megabytes_of_pages": round(sum(size for _, size, _ in results) / 1e6, 1),
        "largest_report_gzipped_kilobytes": round(max((size for *_, size in results), default=0) / 1e3, 1),
    }
    return measured | weighed(target)


def weighed(site: Path) -> dict[str, object]:
    """How many files a site has, how heavy they are in all and by folder and kind, the heaviest first."""
    files = [path for path in site.rglob("*") if path.is_file()]
    weights: dict[str, int] = {}
    for path in files:
        folder = path.relative_to(site).parts[0] if path.parent != site else "other pages"
        kind = f"{folder}, {path.suffix.lstrip('.') or 'text'}"
        weights[kind] = weights.get(kind, 0) + path.stat().st_size
    heaviest = sorted(weights.items(), key=lambda each: (-each[1], each[0]))
    return {
        "editions": len(list((site / "assets").glob("what-if-*.js"))),
        "addresses_of_reports": len(list((site / "councils").glob("*.html"))),
        "files": len(files),
        "megabytes": round(sum(weights.values()) / 1e6, 1),
        "megabytes_by_kind": {kind: round(size / 1e6, 1) for kind, size in heaviest if size >= 50_000},
    }


def rendered(database: Path, fresh: Path, only: Sequence[str], downloads: bool) -> list[tuple[int, int, int]]:
    """Render everything into a folder; returns charts and sizes of each page."""
    global _site, _plan, _environment, _target
    for folder in FOLDERS:
        (fresh / folder).mkdir(parents=True)
    shutil.copytree(SOURCE / "assets", fresh / "assets")
    figures = Figures(database, SOURCE / "queries")
    site = Site(figures, only)
    site.downloads = exported(figures, fresh / "downloads") if downloads else {}
    facts = public.facts_of(database, figures)
    _site, _environment, _target = site, environment(facts), fresh
    _environment.globals["pictures"] = pictures.taken_along(site, pictures.FOLDER, fresh / "pictures")
    _plan = plan(site)
    (fresh / "assets" / "facts.js").write_text(facts_script(facts), encoding="utf-8")
    for name, content in (*compare_files(site), *what_if_files(site)):
        (fresh / "assets" / name).write_text(content, encoding="utf-8")
    spans = [(start, min(start + CHUNK, len(_plan))) for start in range(0, len(_plan), CHUNK)]
    results: list[tuple[int, int, int]] = []
    workers = min(os.cpu_count() or 1, 4)
    is_shared_out = workers > 1 and len(spans) > 2 and "fork" in multiprocessing.get_all_start_methods()
    with show_progress("pages") as show:
        for part in shared_out(render, spans, workers) if is_shared_out else map(render, spans):
            results += part
            show(len(results), len(_plan), "")
    public.write_files(facts, fresh, site.downloads)
    figures.close()
    return results


def main(arguments: Sequence[str]) -> int:
    """Read the command line and render."""
    parser = argparse.ArgumentParser("python -m scripts.site", description="Render the report site.")
    parser.add_argument(
        "--councils", nargs="+", default=[], metavar="SLUG", help="reports of these councils only"
    )
    parser.add_argument("--to", type=Path, default=ROOT / "site", metavar="FOLDER", help="where to write")
    parser.add_argument("--database", type=Path, default=ROOT / DATABASE, help="the published database")
    parser.add_argument("--no-downloads", action="store_true", help="leave out the Parquet and CSV files")
    options = parser.parse_args(arguments)
    if not options.database.exists():
        print(f"{options.database} is not there: run make index first.")
        return 1
    try:
        # An address that is none is told before the work that it would spoil.
        public.base_address()
        measured = build(options.database, options.to, options.councils, not options.no_downloads)
    except AnotherRenderError:
        print("The site is being rendered by another run. Wait until it has ended and try again.")
        return 1
    except BrokenProcessPool:
        print(f"A process that renders pages was killed: run again. {standing(options.to)}")
        return 1
    except public.AddressError as error:
        print(f"{error} {standing(options.to)}")
        return 1
    except KeyboardInterrupt:
        print(f"\nStopped. {standing(options.to)}")
        return 130
    except (OSError, duckdb.Error) as error:
        if not (said := reason(error, options.to.parent)):
            raise
        print(f"{said} {standing(options.to)}")
        return 1
    print(
        f"{measured['pages']} pages with {measured['charts']} charts in {measured['seconds']} seconds, "
        f"{measured['megabytes']} MB. Open {options.to / 'index.html'}."
    )
    if os.environ.get("SITE_MEASURED"):
        Path(os.environ["SITE_MEASURED"]).write_text(json.dumps(measured, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    stop_when_terminated()
    raise SystemExit(main(sys.argv[1:]))
