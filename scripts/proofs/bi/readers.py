"""Clients that read the file within their own process.

    .venvs/clients/bin/python scripts/proofs/bi/readers.py READER FILE

Runs in the client's environment, which has none of the project's packages: questions come as JSON on standard
input, answers go as JSON to standard output.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import SupportsFloat

# Of a mart: its columns, its rows, and the value of the aggregate.
Ask = Callable[[str, str], tuple[list[str], int, SupportsFloat | None]]


def duckdb_itself(file: str) -> tuple[str, Ask]:
    """DuckDB's own client, of whichever version the environment has."""
    import duckdb

    connection = duckdb.connect(file, read_only=True)

    def ask(mart: str, aggregate: str) -> tuple[list[str], int, SupportsFloat | None]:
        [(rows, value)] = connection.execute(f"select count(*), {aggregate} from {mart}").fetchall()
        # Every value of every row, not only the columns of the aggregate.
        every = connection.execute(f"select * from {mart}")
        names = [column[0] for column in every.description]
        read = sum(len(part) for part in iter(lambda: every.fetchmany(100_000), []))
        assert read == rows, f"{read} rows read, {rows} counted"
        return names, rows, value

    return f"DuckDB {duckdb.__version__}", ask


def sqlalchemy(file: str) -> tuple[str, Ask]:
    """SQLAlchemy: tables and columns as it reflects them, a query as it writes it."""
    import duckdb_sqlalchemy
    import sqlalchemy as sa

    engine = sa.create_engine(f"duckdb:///{file}", connect_args={"read_only": True})
    inspector = sa.inspect(engine)
    listed = set(inspector.get_table_names(schema="main"))
    connection = engine.connect()

    def ask(mart: str, aggregate: str) -> tuple[list[str], int, SupportsFloat | None]:
        assert mart in listed, "not listed"
        table = sa.Table(mart, sa.MetaData(), schema="main", autoload_with=engine)
        query = sa.select(sa.func.count(), sa.literal_column(aggregate)).select_from(table)
        rows, value = connection.execute(query).one()
        return [column.name for column in table.columns], rows, value

    return f"SQLAlchemy {sa.__version__} (duckdb-sqlalchemy {duckdb_sqlalchemy.__version__})", ask


def ibis(file: str) -> tuple[str, Ask]:
    """Ibis: tables as expressions."""
    import ibis

    connection = ibis.duckdb.connect(file, read_only=True)
    listed = set(connection.list_tables())

    def ask(mart: str, aggregate: str) -> tuple[list[str], int, SupportsFloat | None]:
        assert mart in listed, "not listed"
        table = connection.table(mart)
        function, column = aggregate.rstrip(")").split("(")
        name = column.removeprefix("distinct ")
        measure = table[name].sum() if function == "sum" else table[name].nunique()
        row = table.aggregate(rows=table.count(), value=measure).to_pyarrow().to_pylist()[0]
        return list(table.columns), row["rows"], row["value"]

    return f"ibis {ibis.__version__}", ask


def adbc(file: str) -> tuple[str, Ask]:
    """ADBC: Arrow tables through the driver in DuckDB's own library."""
    import adbc_driver_duckdb
    import adbc_driver_manager.dbapi
    import pyarrow

    options = {"path": file, "access_mode": "READ_ONLY"}
    connection = adbc_driver_manager.dbapi.connect(
        driver=adbc_driver_duckdb.driver_path(), entrypoint="duckdb_adbc_init", db_kwargs=options
    )
    cursor = connection.cursor()

    def ask(mart: str, aggregate: str) -> tuple[list[str], int, SupportsFloat | None]:
        cursor.execute(f"select * from {mart}")
        table = cursor.fetch_arrow_table()
        cursor.execute(f"select {aggregate} as value from {mart}")
        value = cursor.fetch_arrow_table()["value"][0].as_py()
        return table.column_names, table.num_rows, value

    return f"ADBC {adbc_driver_manager.__version__} (pyarrow {pyarrow.__version__})", ask


READERS = {"duckdb": duckdb_itself, "sqlalchemy": sqlalchemy, "ibis": ibis, "adbc": adbc}


def answers(ask: Ask, questions: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Every question answered; an error is an answer, too."""
    for question in questions:
        started = time.monotonic()
        answer: dict[str, object] = {"mart": question["mart"]}
        try:
            columns, rows, value = ask(str(question["mart"]), str(question["aggregate"]))
            number = None if value is None else float(value)
            answer |= {"columns": columns, "rows": rows, "value": number}
        except Exception as error:
            answer |= {"columns": [], "error": f"{type(error).__name__}: {error}"}
        yield answer | {"seconds": time.monotonic() - started}


def main(reader: str, file: str) -> None:
    """Read questions, write answers."""
    client, ask = READERS[reader](file)
    json.dump({"client": client, "answers": list(answers(ask, json.load(sys.stdin)))}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
