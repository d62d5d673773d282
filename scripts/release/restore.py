"""Go back to a release: its database, its marts and its site take the place of those of the last build.

    python -m scripts.release.restore [VERSION]

Without a version, to the one that ``releases/current`` points to; with one, ``releases/current`` points to
it afterwards. Pages are rendered before anything is replaced: whatever goes wrong leaves marts, site and
releases as they were.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import duckdb
import jinja2

from scripts.build import (
    BUILDING,
    DATABASE,
    RECORD,
    WAREHOUSE,
    AnotherBuildError,
    only_build,
    publish,
    room_to_build,
)
from scripts.interruptions import InUseError, no_writer, reason, stop_when_terminated, too_late_to_stop
from scripts.release.export import sha256
from scripts.release.publish import CURRENT, RELEASES, ROOT, RefusedError, last_release, only_release, turn
from scripts.site.__main__ import AnotherRenderError, only_render, put_in_place, rendered

SITE = Path("site")
UNCHANGED = "Nothing was changed."
# What comes of pages that ask for what the marts do not hold yet, or no longer.
OTHER_TABLES = (duckdb.BinderException, duckdb.CatalogException, jinja2.UndefinedError, KeyError)

Renderer = Callable[[Path, Path], int]


def pages(database: Path, folder: Path) -> int:
    """Render every page of a database into a folder; returns how many."""
    return len(rendered(database, folder, (), downloads=True))


def chosen(root: Path, version: str) -> Path:
    """The folder of a release, of the current one where none is named."""
    releases = root / RELEASES
    # Only a whole release has this file, and only its folder is called by its version.
    there = sorted(path.parent.name for path in releases.glob("*/SHA256SUMS") if path.parent.name != CURRENT)
    version = version or (last.name if (last := last_release(root)) else "")
    if version in there:
        return releases / version
    if not there:
        raise RefusedError("There is no release yet: make release makes one.")
    raise RefusedError(f"There is no release {version}. There are: {', '.join(there)}. {UNCHANGED}")


def whole(folder: Path) -> None:
    """Refuse a release whose database or manifest is no longer what was released."""
    listed = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    for name in (DATABASE.name, "manifest.json"):
        if not (folder / name).exists() or f"{sha256(folder / name)}  {name}" not in listed:
            raise RefusedError(
                f"{name} of release {folder.name} is not what was released (SHA256SUMS). {UNCHANGED}"
            )


def rendered_from(folder: Path, commit: str, database: Path, fresh: Path, render: Renderer) -> int:
    """Render the pages of a release; returns how many."""
    try:
        return render(database, fresh)
    except BrokenProcessPool as error:
        raise RefusedError(f"A process that renders pages was killed: run again. {UNCHANGED}") from error
    except OTHER_TABLES as error:
        raise RefusedError(
            f"Today's pages cannot be made of release {folder.name}, whose tables are others: check out its "
            f"commit, {commit[:9]}, and run this there. {UNCHANGED}"
        ) from error


def restore(root: Path, version: str = "", render: Renderer = pages) -> int:
    """Put a release's database, marts and site in place; returns the exit status."""
    with only_release(root) as finished:
        if finished:
            print(f"Release {finished} was whole when its run was killed: releases/current points to it now.")
        folder, last = chosen(root, version), last_release(root)
        whole(folder)
        told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        record = {
            "checksum": told["inputs_sha256"],
            "variables": told.get("variables", {}),
            "release": folder.name,
        }
        print(f"Going back to release {folder.name}: rendering its pages ...", flush=True)
        try:
            with only_build(root), only_render(root / SITE) as fresh:
                with no_writer(root / DATABASE):
                    pass  # Found out now rather than when everything is rendered.
                with room_to_build(root):
                    shutil.copyfile(folder / DATABASE.name, root / BUILDING)
                    (root / BUILDING).with_name(RECORD.name).write_text(json.dumps(record), encoding="utf-8")
                    count = rendered_from(folder, told["commit"], root / BUILDING, fresh, render)
                    with too_late_to_stop():
                        publish(root)
                        put_in_place(fresh, root / SITE)
                        turn(root / RELEASES, folder.name)
        except AnotherRenderError as error:
            raise RefusedError(
                "The site is being rendered by another run. Wait until it has ended and try again. "
                f"{UNCHANGED}"
            ) from error
        except (AnotherBuildError, InUseError) as error:
            raise RefusedError(f"{error} {UNCHANGED}") from error
        except duckdb.Error as error:
            raise RefusedError(f"{reason(error, root / WAREHOUSE) or f'{error}.'} {UNCHANGED}") from error
    turned = last is not None and last.name != folder.name
    print(
        f"Release {folder.name} is back: its database and marts in {WAREHOUSE}, {count} pages in {SITE}; "
        f"{RELEASES / CURRENT} points to it{f' and no longer to {last.name}' if last and turned else ''}.\n"
        f"To go forward again: make site, which builds what this folder holds"
        f"{f', or make restore VERSION={last.name}' if last and turned else ''}."
    )
    return 0


def main(arguments: Sequence[str], root: Path = ROOT, render: Renderer = pages) -> int:
    """Read the command line and go back; returns the exit status."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "python -m scripts.release.restore",
        usage=argparse.SUPPRESS,
        description=__doc__,
        formatter_class=layout,
    )
    parser.add_argument("version", nargs="?", default="", help="its name; by default the current release")
    options = parser.parse_args(arguments)
    try:
        return restore(root, options.version, render)
    except RefusedError as refusal:
        print(refusal)
        return 1
    except KeyboardInterrupt:
        print(f"\nStopped. {UNCHANGED}")
        return 130
    except OSError as error:
        if not (said := reason(error)):
            raise
        print(f"{said} {UNCHANGED}")
        return 1


if __name__ == "__main__":
    stop_when_terminated()
    raise SystemExit(main(sys.argv[1:]))
