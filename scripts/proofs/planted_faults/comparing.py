"""What a planted fault does to what is published: the gates that find it, the ranks and marts that move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

RANKS_COMPARED = """
    select
        count(*) filter (was.productivity_rank is distinct from now.productivity_rank) as moved,
        count(*) filter (
            was.productivity_rank is distinct from now.productivity_rank
            and (
                was.productivity_rank is null
                or now.productivity_rank is null
                or now.productivity_rank < least(band.rank_p05, was.productivity_rank)
                or now.productivity_rank > greatest(band.rank_p95, was.productivity_rank)
            )
        ) as beyond_band,
        coalesce(max(abs(was.productivity_rank - now.productivity_rank)), 0) as largest,
        count(*) filter ((was.productivity_rank is null) <> (now.productivity_rank is null)) as come_or_gone,
        count(*) filter (
            coalesce(was.productivity_rank <= 10, false) <> coalesce(now.productivity_rank <= 10, false)
        ) as top_tens
    from clean.intermediate.int_rankings__published as was
    full join planted.intermediate.int_rankings__published as now
        on was.edition = now.edition and was.ranking_id = now.ranking_id and was.gss_code = now.gss_code
    left join clean.intermediate.int_draws__banded as band
        on was.edition = band.edition and was.ranking_id = band.ranking_id and was.gss_code = band.gss_code
"""

VERDICTS = """
    select
        ranking_id,
        edition,
        gss_code,
        change_verdict
    from {side}.marts.fct_change
    union all
    select
        ranking_id,
        edition,
        gss_code,
        change_verdict
    from {side}.marts.fct_module_change
"""
VERDICTS_COMPARED = f"""
    select count(*)
    from ({VERDICTS.format(side="clean")}) as was
    full join ({VERDICTS.format(side="planted")}) as now
        on was.edition = now.edition and was.ranking_id = now.ranking_id and was.gss_code = now.gss_code
    where was.change_verdict is distinct from now.change_verdict
"""


@dataclass(frozen=True)
class Gates:
    """What the release gates found: on the build alone, and only beside the last release."""

    alone: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """Whether any of them found anything."""
        return bool(self.alone or self.beside or self.warned)


def gate_rows(after: Path, before: Path) -> list[tuple[str, str, str, str]]:
    """Layer, severity, gate and subject of every row that the release gates find, if the project has them.

    They run twice: without a last release, as for figures published for the first time, and with one.
    """
    try:
        from scripts.release.gates import run_gates_alone_and_beside
    except ImportError:
        return []
    return [
        (layer, str(result.severity), result.gate, str(row[0]))
        for layer, results in zip(
            ("distribution", "release"), run_gates_alone_and_beside(after, before), strict=True
        )
        for result in results
        for row in result.rows
    ]


def gate_findings(after: Path, before: Path, known: Collection[Sequence[str]]) -> Gates:
    """What the gates find beyond what they find in the real figures."""
    usual = {tuple(row) for row in known}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in gate_rows(after, before):
        if row not in usual:
            layer, severity, gate, _ = row
            found[layer, severity].add(gate)
    alone, beside = found["distribution", "error"], found["release", "error"]
    warned = found["distribution", "warn"] | found["release", "warn"]
    return Gates(
        alone=tuple(f"distribution: {gate}" for gate in sorted(alone)),
        beside=tuple(f"release: {gate}" for gate in sorted(beside - alone)),
        warned=tuple(f"release: {gate} (warning)" for gate in sorted(warned)),
    )


@dataclass(frozen=True)
class Moves:
    """How far what is published differs from what the real figures give.

    ``verdicts`` is -1 where it was not counted: the tables that say it were not built.
    """

    moved: int = 0
    beyond_band: int = 0
    largest: int = 0
    come_or_gone: int = 0
    top_tens: int = 0
    verdicts: int = -1
    marts: str = ""


def compared(clean: Path, planted: Path, whole: bool, verdicts: bool = False) -> Moves:
    """The ranks that moved, and how; if asked for, the verdicts; if ``whole``, the marts that differ.

    The list of figures that are not used may differ: it says so of each of them.
    """
    with duckdb.connect() as connection:
        connection.execute(f"attach '{clean}' as clean (read_only)")
        connection.execute(f"attach '{planted}' as planted (read_only)")
        ((moved, beyond, largest, gone, top_tens),) = connection.execute(RANKS_COMPARED).fetchall()
        others = connection.execute(VERDICTS_COMPARED).fetchall()[0][0] if verdicts else -1
        found = Moves(moved, beyond, largest, gone, top_tens, others)
        if not whole:
            return found
        marts = connection.execute(
            """
            select table_name from duckdb_tables()
            where database_name = 'clean' and schema_name = 'marts' and table_name <> 'fct_figure_not_used'
            order by estimated_size, table_name
            """
        ).fetchall()
        changed = []
        for (mart,) in marts:
            ((unlike,),) = connection.execute(
                f"""
                select exists (from clean.marts.{mart} except all from planted.marts.{mart})
                or exists (from planted.marts.{mart} except all from clean.marts.{mart})
                """
            ).fetchall()
            if unlike:
                changed.append(mart)
            # a few names say where a fault went; more would only cost time
            if len(changed) == 3:
                changed.append("...")
                break
    return replace(found, marts=", ".join(changed))
