"""What ``make test`` leaves out, and when it does not.

A slow proof is a test marked ``slow("what it proves")``, or ``nightly``. ``make test-all`` runs those that
are slow, ``make nightly`` the others; both kinds also run in ``make test`` where the files that they guard
are not those that they last passed with here or, where they have never run here, differ from main.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts import changed
from scripts.check.linters import digest

PROVED = Path("target") / "proved.json"
MARK = re.compile(r"mark\.(slow|nightly)\(\s*\"([^\"]+)\"")
TESTS = "tests/python/"
# By file of tests: what has to change for its slow proofs to be asked again. Each guards itself, too.
GUARDS: dict[str, tuple[str, ...]] = {
    "bi/test_clients.py": ("scripts/proofs/bi/", "scripts/marts.py", "environments/"),
    "engines/test_postgres.py": (
        "macros/engine/",
        "macros/project/",
        "profiles.yml",
        "scripts/proofs/engines/",
    ),
    "engines/test_postgres_part.py": (
        *("macros/engine/", "macros/project/", "macros/scoring/", "profiles.yml", "scripts/proofs/engines/"),
    ),
    "engines/test_spark.py": ("macros/engine/", "macros/project/", "profiles.yml", "scripts/proofs/engines/"),
    "ingest/test_ingest_shared.py": (
        *("scripts/ingest/", "seeds/context/", "seeds/outcomes/", "seeds/provenance/", "seeds/spend/"),
    ),
    "ingest/test_ingest_shared_drifts.py": ("scripts/ingest/", "seeds/outcomes/", "seeds/spend/"),
    "release/test_csv_on_the_web.py": ("scripts/release/", "environments/csvw.lock"),
    "release/test_faults_while_releasing.py": (
        *("scripts/build.py", "scripts/interruptions.py", "scripts/locks.py", "scripts/release/"),
    ),
    "release/test_gates.py": ("gates/", "scripts/release/gates.py", "seeds/outcomes/", "seeds/spend/"),
    "release/test_method_notes.py": ("scripts/release/",),
    "release/test_publishing.py": ("scripts/build.py", "scripts/marts.py", "scripts/release/"),
    "release/test_real_figures.py": (
        *("dbt_project.yml", "gates/", "macros/", "models/", "scripts/release/gates.py", "seeds/"),
        "tests/python/release/test_gates.py",
    ),
    "release/test_release_pair.py": ("gates/", "scripts/release/"),
    "release/test_restoring.py": (
        *("scripts/build.py", "scripts/interruptions.py", "scripts/locks.py", "scripts/marts.py"),
        "scripts/release/",
    ),
    "release/test_signing.py": ("scripts/release/", "requirements.lock"),
    "release/test_spreadsheet.py": ("models/marts/", "scripts/release/", "scripts/spreadsheets.py"),
    "site/test_browser.py": ("scripts/site/", "site_src/"),
    "site/test_comparing.py": (
        *("scripts/site/compare.py", "site_src/assets/compare.js", "site_src/assets/councils_box.js"),
        *("site_src/assets/own_councils.js", "site_src/templates/compare.html"),
    ),
    "site/test_other_colours.py": ("site_src/assets/",),
    "site/test_read_aloud.py": ("scripts/site/", "site_src/templates/"),
    "site/test_steady.py": ("scripts/site/", "site_src/"),
    "site/test_tasks.py": ("scripts/site/", "site_src/"),
    "site/test_chart_data.py": ("scripts/site/", "site_src/"),
    "site/test_pictures.py": ("scripts/site/pictures.py", "scripts/site/words.py"),
    "site/test_no_overall_ranking.py": ("scripts/site/", "site_src/"),
    "site/test_sentences.py": ("docs/sentences.md", "scripts/site/", "site_src/"),
    "site/test_what_if_page.py": (
        *("analyses/what_if.sql", "macros/scoring/", "scripts/site/what_if.py", "site_src/assets/what_if.js"),
        *("site_src/assets/what_if_core.js", "site_src/queries/", "site_src/templates/what_if.html"),
    ),
    "test_bad_input.py": (
        *("scripts/build.py", "scripts/failures.py", "scripts/index.py"),
        *("seeds/", "models/staging/", "macros/project/"),
        *("tests/generic/", "tests/geography/", "tests/grading/", "tests/reconciliation/"),
    ),
    "test_changed.py": (
        *("macros/project/", "scripts/build.py", "scripts/changed.py", "scripts/checksums.py"),
        "scripts/index.py",
    ),
    "test_benchmark.py": (
        "scripts/proofs/benchmark.py",
        "models/intermediate/draws/",
        "models/intermediate/noise/",
    ),
    "test_adding_a_measure.py": (
        "docs/adding_a_measure.md",
        "models/intermediate/measures/",
        "scripts/write_goalposts.py",
        "seeds/register/goalposts.csv",
        "seeds/register/measures.csv",
    ),
    "test_commands.py": ("analyses/", "docs/reading.md"),
    "test_conventions.py": (".pre-commit-config.yaml", "dbt-bouncer.yml"),
    "test_determinism.py": ("macros/", "models/intermediate/"),
    "test_documentation.py": ("scripts/lineage.py", "environments/colibri.lock"),
    "test_draws.py": ("macros/scoring/", "models/intermediate/draws/", "models/intermediate/noise/"),
    "test_faults_while_running.py": (
        *("docs/faults_while_running.md", "scripts/build.py", "scripts/failures.py", "scripts/index.py"),
        *("scripts/interruptions.py", "scripts/locks.py", "scripts/marts.py"),
    ),
    "test_in_numpy.py": (
        *("models/intermediate/change/", "models/intermediate/companion/", "models/intermediate/draws/"),
        *("models/intermediate/noise/", "models/intermediate/rankings/", "models/intermediate/verdicts/"),
        "tests/python/in_numpy/",
    ),
    "test_index_driver.py": (
        *("Makefile", "scripts/build.py", "scripts/checksums.py", "scripts/failures.py", "scripts/index.py"),
        *("scripts/interruptions.py", "scripts/locks.py", "scripts/marts.py", "scripts/summary.py"),
        "tests/python/tiny_project.py",
    ),
    "test_plain_dbt.py": ("dbt_project.yml", "macros/project/", "profiles.yml", "templates/", "warehouse/"),
    "test_own_registers.py": (
        *("docs/own_registers.md", "macros/project/", "models/intermediate/peers/", "scripts/build.py"),
        *("docs/delayed_transfers.md", "models/intermediate/delayed_transfers/"),
        *("scripts/failures.py", "scripts/write_goalposts.py", "templates/", "tests/generic/"),
        "tests/geography/neighbours_are_others_named_once.sql",
    ),
    "test_planted_faults.py": ("gates/", "scripts/proofs/planted_faults/", "scripts/release/gates.py"),
    "test_what_if.py": ("scripts/what_if.py", "macros/scoring/"),
    "test_semantic_layer.py": ("environments/metricflow.lock", "models/marts/", "scripts/metrics.py"),
}
# Every slow proof rests on these.
SHARED = ("pyproject.toml", "requirements.lock", "requirements-dev.lock", "tests/python/conftest.py")


@dataclass(frozen=True)
class Proofs:
    """The slow proofs of one file of tests: what they prove, who runs them, if what they guard is new."""

    file: str
    proves: tuple[str, ...]
    runs: str
    key: str
    is_new: bool


def proofs(root: Path, known: Sequence[str], base: str = "main") -> list[Proofs]:
    """The slow proofs of every file of tests that has some."""
    try:
        kept: Mapping[str, str] = json.loads((root / PROVED).read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        kept = {}
    try:
        differing = changed.changed_files(root, changed.merge_base(root, base))
    except changed.NoBaseError:
        differing = []
    found = []
    for file in sorted(name for name in known if re.fullmatch(rf"{TESTS}(\w+/)?test_\w+\.py", name)):
        path = root / file
        marks = MARK.findall(path.read_text(encoding="utf-8")) if path.exists() else []
        if not marks:
            continue
        guarded = (file, *GUARDS.get(file.removeprefix(TESTS), ()))
        files = [name for name in known if name.startswith((*guarded, *SHARED)) and (root / name).is_file()]
        key = digest(f"{name} {digest([(root / name).read_bytes()])}" for name in files)
        is_new = kept[file] != key if file in kept else any(name.startswith(guarded) for name in differing)
        runs = "make nightly" if "nightly" in {size for size, _ in marks} else "make test-all"
        found.append(Proofs(file, tuple(proves for _, proves in marks), runs, key, is_new))
    return found


def keep(root: Path, passed: Sequence[Proofs]) -> None:
    """Keep that these passed as their guarded files are now."""
    path = root / PROVED
    kept = json.loads(path.read_text()) if path.exists() else {}
    kept |= {each.file: each.key for each in passed}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")
