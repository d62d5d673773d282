"""What the role for BI tools may do on a PostgreSQL server, and what those tools ask."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.index import ROOT
from scripts.proofs.engines.cluster import BUILDER, READER, Cluster, QueryError, query

GUIDE = Path("docs") / "postgres.md"
DENIED = ("permission denied", "must be owner")
FORBIDDEN = (
    "insert into marts.dim_council select * from marts.dim_council",
    "update marts.fct_ranking set productivity_rank = 1",
    "delete from marts.fct_ranking",
    "truncate marts.fct_ranking",
    "drop table marts.fct_ranking",
    "create table marts.of_mine (number bigint)",
    "create table public.of_mine (number bigint)",
    "create schema of_mine",
)
MAY_READ = """
select namespaces.nspname || '.' || classes.relname
from pg_class as classes
inner join pg_namespace as namespaces on namespaces.oid = classes.relnamespace
where
    namespaces.nspname in ('seeds', 'staging', 'intermediate')
    and classes.relkind in ('r', 'v', 'm')
    and (has_table_privilege(classes.oid, 'select') or has_schema_privilege(namespaces.oid, 'usage'))
"""


def relations(cluster: Cluster) -> dict[str, list[str]]:
    """Tables and views by schema, as the server has them."""
    found: dict[str, list[str]] = {}
    rows = query(
        cluster,
        BUILDER,
        "select table_schema, table_name from information_schema.tables "
        "where table_schema in ('seeds', 'staging', 'intermediate', 'marts') order by 1, 2",
    )
    for line in rows.splitlines()[1:]:
        schema, name = line.split(",")
        found.setdefault(schema, []).append(name)
    return found


def refused(cluster: Cluster, statement: str) -> bool:
    """Whether the server denies the reader a statement for want of permission, and for nothing else."""
    try:
        query(cluster, READER, statement)
    except QueryError as error:
        return any(each in str(error) for each in DENIED)
    return False


def reader_faults(cluster: Cluster) -> list[str]:
    """What the role for BI tools may do and should not, or the other way round; empty where all is well."""
    held = relations(cluster)
    faults = []
    for name in held.get("marts", []):
        try:
            query(cluster, READER, f"select * from marts.{name} limit 1")
        except QueryError as error:
            faults.append(f"{READER} cannot read marts.{name}: {error}")
    for schema in ("seeds", "staging", "intermediate"):
        for name in held.get(schema, [])[:1]:
            if not refused(cluster, f"select * from {schema}.{name} limit 1"):
                faults.append(f"{READER} can read {schema}.{name}")
    # The rest of these layers is asked for at once: a query for each relation would take minutes.
    answer = query(cluster, READER, MAY_READ)
    faults += [f"{READER} may read {name}" for name in answer.splitlines()[1:]]
    faults += [f"{READER} is not refused: {each}" for each in FORBIDDEN if not refused(cluster, each)]
    return faults


def guide_queries(root: Path = ROOT) -> dict[str, str]:
    """The queries of docs/postgres.md by the name of the tool that sends them."""
    text = (root / GUIDE).read_text(encoding="utf-8")
    return dict(re.findall(r"<!-- sent by (.+?) -->\s*```sql\n(.*?)```", text, flags=re.DOTALL))


def tool_faults(cluster: Cluster, root: Path = ROOT) -> list[str]:
    """Queries of the guide that the reader cannot run, or that find nothing."""
    faults = []
    for tool, statement in guide_queries(root).items():
        try:
            if len(query(cluster, READER, statement).splitlines()) < 2:
                faults.append(f"{tool}: no row")
        except QueryError as error:
            faults.append(f"{tool}: {error}")
    return faults
