"""Add a council with a new code to the register, and say what else has to be stated for it.

    python -m scripts.edition.council CODE NAME FROM ECODE DFE --replaces CODE [CODE ...] [--seeds DIR]

ECODE and DFE are the ministries' numbers of it, as E2801 and 940. A council that only gets another code in
some publication needs a line in ``printed_codes`` and none of this (docs/ingestion.md). The councils that it
replaces end the day before, and have it as their successor.
"""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from scripts.ingest import carried, seeds

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
COUNCILS, EDITIONS = "register/councils", "register/editions"
CODE = re.compile(r"E(06|08|09|10)\d{6}")
TYPES = {"E06": "UA", "E08": "MD", "E09": "LBO", "E10": "CTY"}
LATEST_FIRST_DAY = "04-01"
# Lists that belong to no edition: file, the column of councils, what is missing without a row.
LISTS = (
    ("context/mhclg_deprivation", "gss_code", "deprivation, from the next index of it"),
    ("context/ons_nearest_neighbours", "gss_code", "nearest neighbours"),
    ("context/open_innovations_hexes", "gss_code", "its place on the map"),
    ("context/ofsted_judgements", "printed_code", "the judgement of children's services"),
)


def added(
    folder: Path, code: str, name: str, first_day: str, numbers: tuple[str, str], replaced: Sequence[str]
) -> Iterator[str]:
    """Write the council and the end of those that it replaces; yields what else has to be stated.

    Raises:
        SeedError: The code or the day is none, or the register contradicts it; nothing has been written.
    """
    with seeds.only_writer(folder) as staging:
        carried.check(folder)
        of = seeds.layout(folder, COUNCILS)
        rows = {row["gss_code"]: row for row in seeds.read(folder, COUNCILS)}
        day = _day(first_day)
        last_day = (day - datetime.timedelta(days=1)).isoformat()
        if not CODE.fullmatch(code):
            raise seeds.SeedError(f"{code}: no code of an upper-tier council, as E06000070.")
        if code in rows or any(row["council_name"] == name and not row["end_date"] for row in rows.values()):
            raise seeds.SeedError(f"seeds/{COUNCILS}.csv has {code} or a council called {name} already.")
        for old in replaced:
            ends = rows[old]["end_date"] if old in rows else "never"
            if ends and ends != last_day:
                raise seeds.SeedError(f"seeds/{COUNCILS}.csv: {old} is no council that lives.")
        first = rows[replaced[0]]
        for old in replaced:
            rows[old]["end_date"] = last_day
            rows[old]["successor_gss_codes"] = " ".join(
                filter(None, [rows[old]["successor_gss_codes"], code])
            )
        rows[code] = dict.fromkeys(of.columns, "") | {
            "gss_code": code,
            "council_name": name,
            "council_type": TYPES[code[:3]],
            "region_code": first["region_code"],
            "region": first["region"],
            "start_date": day.isoformat(),
            "lgf_ecode": numbers[0],
            "dfe_la_number": numbers[1],
        }
        lines = [
            replace(line, rows=len(rows), sha256=carried.checksum(of, rows.values()))
            if line.seed == COUNCILS
            else line
            for line in carried.register(folder)
        ]
        written = ([row[column] for column in of.columns] for row in rows.values())
        columns = seeds.layout(folder, carried.REGISTER).columns
        texts = {
            COUNCILS: seeds.text_of(of.columns, written),
            carried.REGISTER: seeds.text_of(columns, (line.row for line in lines)),
        }
        seeds.write(folder, staging, texts)
    yield from _left(folder, code, name, day, replaced)


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise seeds.SeedError(f"'{text}' is no day, as 2027-04-01.") from None


def _left(folder: Path, code: str, name: str, day: datetime.date, replaced: Sequence[str]) -> Iterator[str]:
    """What else has to be stated, each with its file."""
    first = day.year if day.isoformat()[5:] <= LATEST_FIRST_DAY else day.year + 1
    edition = f"{first}-{(first + 1) % 100:02d}"
    held = [row["edition"] for row in seeds.read(folder, EDITIONS) if row["edition"] >= edition]
    which = f"in {', '.join(held)}" if held else f"once {edition} is there"
    yield f"seeds/{EDITIONS}.csv: expected_councils {which}."
    yield f"seeds/register/authorities.csv: {name} in {edition}; ingesting that year's budgets writes it."
    yield (
        "seeds/register/printed_codes.csv: a line for each publication that goes on printing "
        f"{', '.join(replaced)}, or prints {code} for years before."
    )
    for path, column, what in LISTS:
        if not any(row.get(column) == code for row in seeds.read(folder, path)):
            yield f"seeds/{path}.csv: {what}; without a row it is shown as not reported."


def main(arguments: Sequence[str]) -> int:
    """Add one council; returns the process's exit status."""
    parser = argparse.ArgumentParser("python -m scripts.edition.council", description=__doc__.split("\n")[0])
    parser.add_argument("code")
    parser.add_argument("name")
    parser.add_argument("first_day", metavar="FROM")
    parser.add_argument("ecode")
    parser.add_argument("dfe")
    parser.add_argument("--replaces", nargs="+", required=True, metavar="CODE")
    parser.add_argument("--seeds", type=Path, default=SEEDS)
    chosen = parser.parse_args(arguments)
    try:
        left = list(
            added(
                chosen.seeds,
                chosen.code,
                chosen.name,
                chosen.first_day,
                (chosen.ecode, chosen.dfe),
                chosen.replaces,
            )
        )
    except seeds.SeedError as error:
        print(error)
        return 1
    print(f"{chosen.name} ({chosen.code}) is in seeds/{COUNCILS}.csv. What else has to be stated:")
    print("\n".join(f"  {each}" for each in left))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
