"""The linters, each on the files that are new to it: it is not asked twice about the same content.

A file is new to a linter if its content, the linter's settings and tools, or, for SQL that dbt renders, the
macros are not those it passed with. What passed is kept in ``target/linted.json``. What is as the server's
main has it has passed there, and only ``make test-all``, which the server runs, looks at it again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from scripts.check.parts import Checked, Clock, Counts, Part

HOOKS = ".pre-commit-config.yaml"
PASSED = Path("target") / "linted.json"
RUN = ("-m", "pre_commit", "run", "--color", "never", "--verbose", "--files")
HOOK = re.compile(
    r"^(?P<name>\S.*?)\.{3,}(?:\(no files to check\))?(?P<status>Passed|Failed|Skipped)\n"
    r"- hook id: (?P<id>\S+)\n(?:- duration: (?P<seconds>[\d.]+)s\n)?",
    re.MULTILINE,
)
# What every linter's answer depends on beside the file itself: its settings and the versions of its tools.
SETTINGS = (
    *(HOOKS, ".sqlfluff", ".sqlfluffignore", ".yamllint", "dbt-bouncer.yml", "dbt_project.yml"),
    *("environments/bouncer.lock", "gates/.sqlfluff", "profiles.yml", "pyproject.toml"),
    *("requirements.lock", "requirements-dev.lock", "site_src/.sqlfluff"),
)
# sqlfluff's last words once it has looked at every file.
FINISHED = "All Finished"
# SQL of these folders is linted as dbt renders it, with the macros it calls.
RENDERED = ("analyses/", "models/", "tests/")
ENDINGS = {"python": (".py",), "yaml": (".yaml", ".yml")}


@dataclass(frozen=True)
class Hook:
    """One linter of pre-commit's configuration, and which files it looks at."""

    name: str
    files: re.Pattern[str]
    exclude: re.Pattern[str]
    endings: tuple[str, ...]
    whole: bool

    def looks_at(self, path: str) -> bool:
        """Whether a file is one of its own."""
        return (
            path.endswith(self.endings or "")
            and bool(self.files.search(path))
            and not self.exclude.search(path)
        )


def hooks(root: Path) -> list[Hook]:
    """The linters in their order."""
    (local,) = yaml.safe_load((root / HOOKS).read_text(encoding="utf-8"))["repos"]
    return [
        Hook(
            hook["id"],
            re.compile(hook.get("files", "")),
            re.compile(hook.get("exclude", "^$")),
            tuple(ending for kind in hook.get("types", ()) for ending in ENDINGS[kind]),
            not hook.get("pass_filenames", True),
        )
        for hook in local["hooks"]
    ]


def digest(parts: Iterable[bytes | str]) -> str:
    """SHA-256 over some texts, one after the other."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part.encode() if isinstance(part, str) else part)
        total.update(b"\n")
    return total.hexdigest()


def is_rendered(name: str) -> bool:
    """Whether dbt renders a file, with its macros, before it is linted."""
    return name.endswith(".sql") and name.startswith(RENDERED)


class Memory:
    """What each linter has passed: by linter, a key for each file, or one for the whole project."""

    def __init__(self, root: Path, files: Sequence[str], differing: Collection[str] | None = None) -> None:
        """Read what was kept, and what the files are now.

        ``differing`` are the files that are not as the server's main has them: the others have passed there,
        unless settings differ or, for what dbt renders, macros.
        """
        self.root = root
        self.there = [name for name in files if (root / name).is_file()]
        try:
            self.kept: dict[str, dict[str, str]] = json.loads((root / PASSED).read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            self.kept = {}
        self.contents = {name: digest([(root / name).read_bytes()]) for name in self.there}
        settings = digest(self.contents.get(name, "") for name in SETTINGS)
        macros = digest(self.contents[name] for name in self.there if name.startswith("macros/"))
        self.settings, self.rendered = settings, digest([settings, macros])
        self.on_main: set[str] = set()
        if differing is not None and set(differing).isdisjoint(SETTINGS):
            has_macros = not any(name.startswith("macros/") for name in differing)
            same = set(self.there).difference(differing)
            self.on_main = {name for name in same if has_macros or not is_rendered(name)}

    def keys(self, hook: Hook) -> dict[str, str]:
        """The key of each file a linter looks at; one that reads the whole project has one key for all."""
        own = [name for name in self.there if hook.looks_at(name)]
        if hook.whole:
            parts = (f"{name} {self.contents[name]}" for name in own)
            return {"": digest([self.rendered, *parts])} if own else {}
        return {
            name: digest(
                [
                    self.contents[name],
                    self.rendered if is_rendered(name) else self.settings,
                ]
            )
            for name in own
        }

    def new(self, hook: Hook) -> list[str]:
        """The files that a linter has not passed; for the whole project one that stands for all."""
        passed = self.kept.get(hook.name, {})
        new = [
            name
            for name, key in self.keys(hook).items()
            if passed.get(name) != key and (hook.whole or name not in self.on_main)
        ]
        if hook.whole and new:
            # YAML before SQL: a linter of SQL should not be given a file for another's sake.
            return sorted(filter(hook.looks_at, self.there), key=lambda name: (name.endswith(".sql"), name))[
                :1
            ]
        return new

    def keep(self, hook: Hook, refused: Sequence[str] = ()) -> None:
        """Keep that a linter passed its files, but those that it refused or that passed on main only."""
        passed = self.kept.get(hook.name, {})
        self.kept[hook.name] = {
            name: key
            for name, key in self.keys(hook).items()
            if name not in refused and (name not in self.on_main or passed.get(name) == key)
        }

    def write(self) -> None:
        """Write what was passed."""
        (self.root / PASSED).parent.mkdir(exist_ok=True)
        (self.root / PASSED).write_text(json.dumps(self.kept, indent=1, sort_keys=True) + "\n")


class Linters:
    """The linters at work beside the build, which keeps only one processor busy."""

    def __init__(
        self,
        root: Path,
        files: Sequence[str],
        known: Sequence[str] | None = None,
        differing: Collection[str] | None = None,
    ) -> None:
        """Start them on these files; those that are gone are nobody's.

        ``known`` are all files of the project where ``files`` are only some: what is kept covers all of it.
        ``differing`` are those that are not as main has them, where what passed there is not asked again.
        """
        self.root = root
        self.memory = Memory(root, known or files, differing)
        self.hooks = hooks(root)
        asked = set(files)
        self.new = {
            hook.name: [name for name in self.memory.new(hook) if hook.whole or name in asked]
            for hook in self.hooks
        }
        idle = [name for name, new in self.new.items() if not new]
        there = sorted({name for new in self.new.values() for name in new})
        self.clock = Clock(resource.RUSAGE_CHILDREN)
        self.process = there and subprocess.Popen(
            [sys.executable, *RUN, *there],
            cwd=root,
            env=os.environ | {"PRE_COMMIT_HOME": str(root / "target" / "pre-commit"), "SKIP": ",".join(idle)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def finished(self) -> Checked:
        """Wait for them, print what they complain of, keep what they passed and count."""
        counts: Counts = Counter()
        if self.memory.on_main:
            many = f"{len(self.memory.on_main):,}"
            print(
                f"{many} files are as main has them and have passed there: make test-all looks at them, too."
            )
        if not self.process:
            print("The linters have passed every file as it is.")
            return Checked(Counter(passed=len(self.hooks)), [self.clock.part("linters")])
        said, _ = self.process.communicate()
        parts, failures = [self.clock.part("linters")], []
        by_name = {hook.name: hook for hook in self.hooks}
        told = list(HOOK.finditer(said))
        for found, following in zip(told, [*told[1:], None], strict=True):
            hook = by_name[found["id"]]
            if not self.new[hook.name]:
                counts["passed"] += 1
                continue
            failed = found["status"] == "Failed"
            counts["failed" if failed else "passed"] += 1
            parts.append(Part(f"linters: {found['name']}", float(found["seconds"] or 0)))
            many = "the project" if hook.whole else f"{len(self.new[hook.name])} files"
            print(f"{found['name']}, {many}: {'failed' if failed else 'nothing to complain of'}")
            if failed:
                failures.append(f"linters: {hook.name}")
                complaint = said[found.end() : following.start() if following else None]
                print(complaint)
                self.memory.keep(hook, self.refused(hook, complaint))
            else:
                self.memory.keep(hook, self.unasked(hook))
        if self.process.returncode and not counts["failed"]:
            # Without git, or with a configuration that cannot be read, no linter has run at all.
            counts["failed"] += 1
            failures.append("linters: none has run")
            print(said)
        self.memory.write()
        return Checked(counts, parts, failures)

    def unasked(self, hook: Hook) -> list[str]:
        """Files that a linter has not passed and was not asked about."""
        return [] if hook.whole else sorted({*self.memory.new(hook)} - {*self.new[hook.name]})

    def refused(self, hook: Hook, complaint: str) -> list[str]:
        """The files that a linter complained of, or all of its own where it may have stopped at one."""
        if hook.whole:
            return [""]
        named = [name for name in self.new[hook.name] if name in complaint]
        ended = named and FINISHED in complaint
        return (named if ended else self.new[hook.name]) + self.unasked(hook)
