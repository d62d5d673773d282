"""Build, check, compare and publish a release.

    python -m scripts.release [VERSION] [--uncommitted]

Everything is written into a folder beside the releases and renamed when it is whole; the pointer
``releases/current`` is turned last. A gate that fails, or anything else that goes wrong, publishes
nothing and leaves the last release as it was.

``--uncommitted`` allows a release that no commit describes; its manifest says so.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.build import number_of_draws
from scripts.interruptions import reason, stop_when_terminated
from scripts.release.publish import ROOT, RefusedError, make, standing


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Make a release; the exit status is 0 only if one was published or nothing changed."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "python -m scripts.release", usage=argparse.SUPPRESS, description=__doc__, formatter_class=layout
    )
    parser.add_argument("version", nargs="?", default="", help="its name; by default the date of the commit")
    parser.add_argument("--uncommitted", action="store_true", help="although files differ from the commit")
    words = "for trying it out: draws for the rank bands"
    parser.add_argument("--draws", type=number_of_draws, metavar="N", help=words)
    options = parser.parse_args(arguments)
    try:
        return make(root, options.version, options.uncommitted, options.draws)
    except RefusedError as refusal:
        print(refusal)
        return 1
    except KeyboardInterrupt:
        print(f"\nStopped. Nothing was released. {standing(root)}")
        return 130
    except OSError as error:
        if not (said := reason(error)):
            raise
        print(f"Nothing was released. {said} {standing(root)}")
        return 1


if __name__ == "__main__":
    stop_when_terminated()
    raise SystemExit(main(sys.argv[1:]))
