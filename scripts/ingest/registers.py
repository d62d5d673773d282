"""What the project knows of authorities: their codes, when they were live, how publishers number them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.ingest.names import Names

CODES = Path(__file__).parent / "codes"
#: Codes that a publication misprints, and those they stand for.
MISPRINTS = {"E066000065": "E06000065"}
#: Classes of authorities that are responsible for housing: unitary, metropolitan, London, district.
HOUSING_CLASSES = {"UA", "MD", "L", "SD"}
FILE_YEARS = CODES / "file_years.csv"
#: Kinds of geography code a contract may declare.
GSS, ANY_GSS, SOCIAL_SERVICES, DFE_NUMBER = "upper-tier ONS", "ONS", "social services", "DfE"
#: ONS codes of upper-tier councils, and England's.
GSS_OR_ENGLAND, ENGLAND = "upper-tier ONS or England's", "E92000001"
LONDON = "E12000007"
#: The ministry's code in local government finance, E0101.
E_CODE = "local government finance"


def read_csv(path: Path) -> list[dict[str, str]]:
    """Rows of a csv, as text; none where the file is absent."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@dataclass(frozen=True)
class Registers:
    """Known authorities.

    Attributes:
        councils: Upper-tier ONS code to first and last day (ISO; the last empty while it lives).
        names: Upper-tier ONS code to name.
        codes: Kind of code to printed code to ONS code.
        districts: Edition to the districts with a budget in it, ONS code to name.
        successors: Upper-tier ONS code to those of the councils that followed it.
        housing: Edition to the authorities that are responsible for housing in it.
        joint: Publication to the councils whose figures it prints of a joint authority only, ONS code to the
            joint authority's.
        known_names: What every code is called, former names and publishers' forms among them.
        own_codes: Publication and a code it prints to the council that is meant by it as a whole.
        areas: ONS code of an authority to those of the areas it lies in: its region, a district's county.
    """

    councils: dict[str, tuple[str, str]]
    names: dict[str, str]
    codes: dict[str, dict[str, str]]
    successors: dict[str, tuple[str, ...]]
    districts: dict[str, dict[str, str]]
    housing: dict[str, set[str]]
    joint: dict[str, dict[str, str]]
    known_names: Names
    own_codes: dict[tuple[str, str], str]
    areas: dict[str, tuple[str, ...]]

    def resolve(self, kind: str, printed: str, publication_id: str = "") -> str | None:
        """ONS code that a printed code stands for, or ``None`` if no authority is known by it.

        A code that the register of printed codes has for the publication stands for itself: the seed holds
        what is printed.
        """
        own = printed if (publication_id, printed) in self.own_codes else None
        return self.codes[kind].get(printed) or own

    def stands_for(self, publication_id: str, code: str) -> str:
        """Council that a publication's own code means; any other code means itself."""
        return self.own_codes.get((publication_id, code), code)

    def areas_of(self, code: str) -> tuple[str, ...]:
        """Region and county that an authority lies in."""
        return self.areas.get(code, ())

    def live(self, day: str) -> set[str]:
        """Upper-tier councils live on a day (ISO)."""
        return {
            code
            for code, (start, end) in self.councils.items()
            if (not start or start <= day) and (not end or day <= end)
        }

    def housing_in(self, edition: str) -> set[str]:
        """Housing authorities of an edition; where it has no list, those of the ones before and after."""
        before = [known for known in sorted(self.housing) if known <= edition][-1:]
        after = [known for known in sorted(self.housing) if known >= edition][:1]
        near = [self.housing[known] for known in (*before, *after)]
        return set.intersection(*near) if near else set()


def _areas(
    councils: Iterable[Mapping[str, str]], authorities: Iterable[Mapping[str, str]]
) -> dict[str, tuple[str, ...]]:
    regions = {row["gss_code"]: row["region_code"] for row in councils if row["region_code"]}
    # Inner and outer London have codes of their own.
    regions |= {code: LONDON for code, region in regions.items() if region.startswith("E13")}
    areas: dict[str, tuple[str, ...]] = {code: (region,) for code, region in regions.items()}
    for row in authorities:
        upper = row["upper_tier_gss_code"]
        if row["authority_class"] == "SD" and upper in regions:
            areas[row["gss_code"]] = (regions[upper], upper)
    return areas


def _names(
    councils: Iterable[Mapping[str, str]],
    authorities: Iterable[Mapping[str, str]],
    registered: Iterable[Mapping[str, str]],
) -> Iterator[tuple[str, str]]:
    """Code and name of every authority, as the registers and publishers have it."""
    names = [(row["gss_code"], row["council_name"]) for row in councils]
    names += [(row["gss_code"], row["authority_name"]) for row in authorities]
    names += [(row["gss_code"], row["printed_name"]) for row in read_csv(CODES / "printed_names.csv")]
    yield from names
    # A publisher's own code of a whole authority is called as the authority is.
    own = {row["printed_code"]: row["gss_code"] for row in registered if row["use"] == "whole"}
    yield from ((code, name) for code, of in own.items() for known, name in names if known == of)


def year_of_file(sha256: str) -> str:
    """Year of a file that does not say its own, by its checksum, put there by hand; empty if it is not."""
    rows = read_csv(FILE_YEARS)
    return next((row["year"] for row in rows if row["sha256"] == sha256), "")


def load(seeds: Path) -> Registers:
    """Registers of councils and authorities of the project's seeds, and the publishers' own numbers."""
    councils = read_csv(seeds / "register" / "councils.csv")
    authorities = read_csv(seeds / "register" / "authorities.csv")
    districts: dict[str, dict[str, str]] = defaultdict(dict)
    for row in authorities:
        if row["authority_class"] == "SD":
            districts[row["edition"]][row["gss_code"]] = row["authority_name"]
    housing: dict[str, set[str]] = defaultdict(set)
    for row in authorities:
        if row["authority_class"] in HOUSING_CLASSES:
            housing[row["edition"]].add(row["gss_code"])
    registered = read_csv(seeds / "register" / "printed_codes.csv")
    joint: dict[str, dict[str, str]] = defaultdict(dict)
    for row in registered:
        if row["use"] == "joint":
            joint[row["publication_id"]][row["gss_code"]] = row["printed_code"]
    known = {row["printed_code"] for row in registered} | {row["gss_code"] for row in authorities}
    upper = {row["gss_code"] for row in councils}
    # Where an old and a new council share a DfE number, LAIT keeps the old code in every period.
    ended_last = sorted(councils, key=lambda row: row["end_date"] != "")
    return Registers(
        councils={row["gss_code"]: (row["start_date"], row["end_date"]) for row in councils},
        names={row["gss_code"]: row["council_name"] for row in councils},
        successors={row["gss_code"]: tuple(row["successor_gss_codes"].split()) for row in councils},
        districts=dict(districts),
        housing=dict(housing),
        joint=dict(joint),
        known_names=Names(_names(councils, authorities, registered)),
        own_codes={
            (row["publication_id"], row["printed_code"]): row["gss_code"]
            for row in registered
            if row["use"] == "whole"
        },
        areas=_areas(councils, authorities),
        codes={
            GSS: {code: code for code in upper},
            GSS_OR_ENGLAND: {code: code for code in (*upper, ENGLAND)},
            ANY_GSS: {code: code for code in upper | known} | MISPRINTS,
            DFE_NUMBER: {row["dfe_la_number"]: row["gss_code"] for row in ended_last if row["dfe_la_number"]},
            E_CODE: {
                row["e_code"]: row["gss_code"] for row in read_csv(CODES / "local_government_finance.csv")
            },
            SOCIAL_SERVICES: {
                row["social_services_code"]: row["gss_code"]
                for row in read_csv(CODES / "social_services.csv")
            },
        },
    )
