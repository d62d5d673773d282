"""Build the index and print who leads.

    python -m scripts.index [--force] [--unit-tests] [--select NODE ...] [--draws N] [--own FOLDER]

The build goes into a database of its own and replaces ``warehouse/council_productivity.duckdb`` only
when every seed, model and data test has passed. If nothing changed since the last build, that database is
only printed. ``--force`` builds anyway; ``--unit-tests`` runs dbt's unit tests, too, unless they passed with
this build; ``--select`` checks the named nodes, unit tests included, and publishes nothing.
``--draws`` takes so many draws for the rank bands instead of the project's, for a quicker build with rougher
bands; ``marts.fct_rank_band.draws`` says how many. ``--own`` adds the measures and peers of a folder outside
the project (docs/own_registers.md).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

from scripts import accepted
from scripts.build import (
    BUILDING,
    DATABASE,
    UNIT_TEST,
    WAREHOUSE,
    WITHOUT_UNIT_TESTS,
    AnotherBuildError,
    Outcome,
    build,
    clear,
    draw_variables,
    is_current,
    last_record,
    number_of_draws,
    own_folder,
    own_variables,
    standing,
    unit_test,
)
from scripts.interruptions import InUseError, reason, stop_when_terminated
from scripts.marts import MARTS
from scripts.summary import summary

ROOT = Path(__file__).resolve().parent.parent
NEXT = f"""The figures are in {DATABASE}; the marts alone, for BI tools, in {MARTS}.
Pages of every council, lens and measure: make site. The newest top ten of each lens:

.venv/bin/python -c "import duckdb; duckdb.connect('{MARTS}', read_only=True).sql(
    'select ranking_id, edition, productivity_rank, ranked_councils, rank_p05, rank_p95, council_name'
    ' from fct_ranking inner join dim_council using (gss_code) where productivity_rank <= 10'
    ' qualify edition = max(edition) over (partition by ranking_id) order by ranking_id, productivity_rank'
).show(max_width=140, max_rows=100)\""""


def print_outcome(outcome: Outcome, root: Path, unit_tests_alone: bool = False) -> None:
    """Print how a build, or a run of its unit tests, ended."""
    # Imported here: its dependencies take seconds and most runs do not fail.
    from scripts.failures import from_outside, report, warnings

    statuses = outcome.statuses()
    if outcome.success:
        warned = f", {statuses['warn']} with a warning" if statuses["warn"] else ""
        did = f"Built {len(outcome.results)} nodes"
        if unit_tests_alone:
            # Hooks are among the results, too.
            kinds = [result.node.resource_type.value for result in outcome.results]
            did = f"Ran {kinds.count(UNIT_TEST)} unit tests"
        print(f"{did} in {outcome.seconds:.0f} seconds{warned}.\n")
        if warned:
            built = root / (BUILDING if (root / BUILDING).exists() else DATABASE)
            print(f"{warnings(outcome.results, built, root)}\n")
        return
    if said := from_outside(outcome, root / WAREHOUSE):
        clear(root)
        print(f"\n{said} {standing(root)}")
        return
    print("\n" + "\n\n".join(filter(None, [outcome.error, report(outcome.results, root / BUILDING, root)])))
    if outcome.results:
        print(f"\nThe failed build can be queried in {BUILDING}.", end="")
    print(f"\n{standing(root)}")


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    layout = argparse.RawDescriptionHelpFormatter
    # Bad arguments get one line; how to call it stands in the description.
    parser = argparse.ArgumentParser(
        "python -m scripts.index", usage=argparse.SUPPRESS, description=__doc__, formatter_class=layout
    )
    parser.add_argument("--force", action="store_true", help="build even if nothing changed")
    parser.add_argument("--unit-tests", action="store_true", help="dbt's unit tests, too")
    parser.add_argument("--select", nargs="+", default=[], metavar="NODE", help="check only these nodes")
    parser.add_argument("--draws", type=number_of_draws, metavar="N", help="draws for the rank bands")
    parser.add_argument("--own", type=own_folder, metavar="FOLDER", help="with the registers of this folder")
    return parser.parse_args(arguments)


def run(arguments: Sequence[str], root: Path = ROOT) -> tuple[int, Outcome | None]:
    """Build if needed and print; returns the exit status and what the build did, if there was one."""
    options = parsed(arguments)
    outcome = None
    variables = draw_variables(options.draws) | own_variables(options.own)
    is_built = is_current(root, variables) and not options.force and not options.select
    if is_built:
        print(f"Nothing changed since the last build of {DATABASE}.\n")
    if not is_built or (options.unit_tests and not last_record(root).get("unit_tested")):
        doing = "Running the unit tests" if is_built else "Building the index"
        print(f"{doing}: reading the project ...", flush=True)
        try:
            if is_built:
                outcome = unit_test(root, variables)
            else:
                left_out = () if options.unit_tests or options.select else WITHOUT_UNIT_TESTS
                outcome = build(root, options.select, variables, left_out)
        except AnotherBuildError as error:
            print(error)
            return 1, None
        except InUseError as error:
            print(f"{error} {standing(root)}")
            return 1, None
        except KeyboardInterrupt:
            print(f"\nStopped. {standing(root)}")
            return 130, None
        except (OSError, duckdb.Error) as error:
            if not (said := reason(error, root / WAREHOUSE)):
                raise
            print(f"{said} {standing(root)}")
            return 1, None
        if options.select and outcome.success and not outcome.results:
            print(f"Nothing to build is called {' '.join(options.select)}: name seeds, models or tests.")
            return 1, outcome
        print_outcome(outcome, root, unit_tests_alone=is_built)
        if not outcome.success:
            return 1, outcome
    if options.draws:
        print(f"The rank bands are those of {options.draws} draws.\n")
    if options.own:
        print(f"With the registers of {options.own}: not the published index. make index goes back to it.\n")
    if not options.select:
        try:
            if said := accepted.told(root / DATABASE):
                print(f"{said}\n")
            print(f"{summary(root / DATABASE)}\n\n{NEXT}")
        except duckdb.IOException as error:
            print(reason(error) or f"{DATABASE} cannot be read: delete it and run again.\n{error}")
            return 1, outcome
    return 0, outcome


if __name__ == "__main__":
    stop_when_terminated()
    raise SystemExit(run(sys.argv[1:])[0])
