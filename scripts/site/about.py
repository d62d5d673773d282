"""What stands behind the figures: method, quality, downloads."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

import yaml
from markupsafe import Markup

from scripts.site import words
from scripts.site.method_evidence import evidence_sections
from scripts.site.parts import Column, Page, Section, Table, link, small
from scripts.site.said import columns, said
from scripts.site.shared import LARGEST_CSV, ROOT, TO_HOME
from scripts.site.words import number

if TYPE_CHECKING:
    from scripts.site.pages import Site

#: Why a value of a measure can be missing, in the order of the columns of the page of data quality.
REASONS = (
    "suppressed",
    "not_available",
    "small_numbers",
    "not_comparable",
    "not_collected",
    "no_population",
)


def method_page(site: Site) -> Page:
    """How the index is made, in plain words."""
    effects = [
        row
        for row in site.figures.rows("choice_effect")
        if (row["edition"], row["ranking_id"]) == (site.headline, "overall")
    ]
    say = said("method")
    table = Table(
        "choices",
        say.choices_caption(site.headline),
        columns(say.choices, words_only=("question",)),
        [
            (
                row["scenario_name"],
                [
                    row["scenario_name"],
                    row["question"],
                    number(row["mean_rank_shift"]),
                    number(row["largest_rank_shift"], 0),
                ],
                "",
            )
            for row in effects
        ],
    )
    return Page(
        path="method.html",
        title=say.title,
        lead=[say.lead],
        sections=[
            Section("steps", say.steps_title, items=say.steps),
            Section(
                "choices",
                say.choices_title,
                paragraphs=[] if effects else [words.NO_OVERALL_RANKING],
                tables=[table] if effects else [],
            ),
            *evidence_sections(site),
            Section("not", say.is_not_title, items=say.is_not),
            Section("reply", say.reply_title, paragraphs=[say.reply]),
        ],
        kind="method",
        description=say.described,
        crumbs=TO_HOME,
    )


def quality_page(site: Site) -> Page:
    """What is held, what is missing and what was set aside."""
    say = said("quality")
    missing = Table(
        "missing",
        say.missing_caption,
        [
            *columns(say.missing, words_only=("lens",)),
            *(Column(reason, words.MISSING[reason].capitalize(), numeric=True) for reason in REASONS),
        ],
        [
            (
                f"{row['edition']}:{row['ranking_id']}",
                [
                    row["edition"],
                    row["ranking_name"],
                    number(row["cells"], 0),
                    number(row["held"], 0),
                    number(row["held_pct"]),
                    *(number(row[reason], 0) for reason in REASONS),
                ],
                "",
            )
            for row in site.figures.rows("missing")
        ],
        sortable=True,
    )
    set_aside = Table(
        "not-used",
        say.set_aside_caption,
        columns(say.set_aside, words_only=("item", "period", "area", "reason")),
        [
            (
                str(place),
                [
                    row["publication_name"],
                    row["item_id"],
                    row["sub_period"],
                    row["council_name"] or row["printed_code"],
                    row["value_raw"],
                    small(words.MISSING[row["reason"]], row["note"] or ""),
                ],
                "",
            )
            for place, row in enumerate(site.figures.rows("not_used"))
        ],
        sortable=True,
    )
    publications = Table(
        "publications",
        say.publications_caption,
        columns(say.publications, words_only=say.publications),
        [
            (
                row["publication_id"],
                [
                    link(row["url"], row["publication_name"]),
                    row["publisher"],
                    small(row["years_held"], row["held_in_part"])
                    if row["held_in_part"]
                    else row["years_held"],
                    words.licence(row["licence"]),
                    row["notes"] or "",
                ],
                "",
            )
            for row in site.figures.rows("publications")
        ],
    )
    return Page(
        path="quality.html",
        title=say.title,
        lead=[say.lead],
        sections=[
            Section("held", say.missing_title, tables=[missing]),
            Section("set-aside", say.set_aside_title, tables=[set_aside]),
            Section("publications", say.publications_title, tables=[publications]),
        ],
        kind="quality",
        description=say.described,
        crumbs=TO_HOME,
    )


@cache
def dictionary() -> dict[tuple[str, str], str]:
    """Descriptions of marts and columns from the models' YAML; a mart's own stands under an empty column."""
    blocks: dict[str, str] = dict(
        re.findall(
            r"{% docs (\w+) %}\s*(.*?)\s*{% enddocs %}",
            (ROOT / "models" / "docs" / "columns.md").read_text(encoding="utf-8"),
            re.DOTALL,
        )
    )

    def spelled(text: str) -> str:
        return re.sub(
            r"{{\s*doc\('(\w+)'\)\s*}}",
            lambda found: blocks.get(found[1], found[1]),
            " ".join((text or "").split()),
        )

    found = {}
    for path in sorted((ROOT / "models" / "marts").rglob("*__models.yml")):
        for model in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("models", []):
            found[(model["name"], "")] = spelled(model.get("description", ""))
            for column in model.get("columns", []):
                found[(model["name"], column["name"])] = spelled(column.get("description", ""))
    return found


def downloads_page(site: Site) -> Page:
    """Every mart as Parquet and, where it is not too long, as CSV; and the dictionary."""
    say = said("downloads")
    described = dictionary()
    counts = site.downloads
    body, columns_body = [], []
    for table, group in groupby(site.figures.rows("tables"), key=lambda row: row["table_name"]):
        files = counts.get(table)
        links = (
            Markup(", ").join(
                link(f"downloads/{name}", name.rsplit(".", 1)[1].upper()) for name in files["files"]
            )
            if files
            else words.NO_VALUE
        )
        body.append(
            (
                table,
                [
                    table,
                    described.get((table, ""), ""),
                    number(files["rows"], 0) if files else words.NO_VALUE,
                    links,
                ],
                "",
            )
        )
        columns_body += [
            (
                f"{table}.{row['column_name']}",
                [
                    table,
                    row["column_name"],
                    row["data_type"].lower(),
                    described.get((table, row["column_name"]), ""),
                ],
                "",
            )
            for row in group
        ]
    tables = Table(
        "downloads",
        say.tables_caption,
        columns(say.tables, words_only=("about", "files")),
        body,
        sortable=True,
    )
    spelled = Table(
        "dictionary", say.dictionary_caption, columns(say.dictionary, words_only=say.dictionary), columns_body
    )
    return Page(
        path="downloads.html",
        title=say.title,
        lead=[say.lead(LARGEST_CSV)],
        sections=[
            Section("tables", say.tables_title, tables=[tables]),
            Section(
                "dictionary",
                say.dictionary_title,
                paragraphs=[link("downloads.csv", say.dictionary_link)],
                folded=[spelled],
            ),
        ],
        template="downloads.html",
        values={"has_files": bool(counts)},
        kind="downloads",
        description=say.described,
        crumbs=TO_HOME,
    )
