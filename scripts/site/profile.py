"""What opens a council's report: cards, a picture of every measure, a story and questions.

The sentences stand in ``site_src/templates/council_words.html``; here rows are chosen and pictures drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site import charts, charts_council, words
from scripts.site.council_standing import notes_of
from scripts.site.parts import Cell, Section, Table, by_peers
from scripts.site.said import columns, said
from scripts.site.shared import PEERS
from scripts.site.words import number, plain

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site

SAY = said("profile")


@dataclass
class Card:
    """A ranking in the edition in which it is shown, its picture and where more is told."""

    row: Row
    picture: Markup
    edition: Cell
    last_ranked: Cell
    href: str
    need_population: str | None = None


@dataclass
class Profile:
    """What the template of the profile draws.

    ``only_here`` are the measures of another edition than the page's: the page's CSV has all others already.
    """

    name: str
    edition: str
    cards: Sequence[Card]
    story: Row
    questions: Sequence[Row]
    spine: Section
    only_here: Section

    @property
    def ticks(self) -> Markup:
        """What every picture of a measure uses."""
        return Markup(charts_council.ticks())

    @property
    def overall(self) -> Card:
        """The card of the overall ranking."""
        return next(card for card in self.cards if card.row["ranking_id"] == "overall")


def card(row: Row, council: Row, site: Site) -> Card:
    """A ranking as a card."""
    picture = Markup("")
    if row["productivity_rank"] is not None:
        picture = Markup(
            charts.mini_range(
                row["productivity_rank"], row["rank_p05"], row["rank_p95"], row["ranked_councils"]
            )
        )
    last = row["last_ranked_edition"]
    return Card(
        row=row,
        picture=picture,
        edition=site.report_link(council, row["edition"])
        if row["edition"] != row["page_edition"]
        else row["edition"],
        last_ranked=site.report_link(council, last) if last and last != row["edition"] else "",
        href=site.lens_href("../", row["ranking_id"], row["edition"]),
        need_population=next(
            lens["need_population"] for lens in site.lenses if lens["ranking_id"] == row["ranking_id"]
        ),
    )


def spine_table(row: Row, code: str, site: Site, is_lean: bool) -> Table | None:
    """Every measure of a lens: a picture on the scale of grades, value, grade, peers and England.

    A lean report has no other table of measures, so the council's own words are in this one.
    """
    edition, ranking_id = row["edition"], row["ranking_id"]
    held = [each for each in site.measures[(edition, code)] if each["ranking_id"] == ranking_id]
    if not held:
        return None
    places = {each["measure_id"]: each for each in site.spine[(edition, code)]}
    body = []
    for measure in held:
        place = places[measure["measure_id"]]
        low, middle, high = (place[f"england_score_{name}"] for name in ("p25", "median", "p75"))
        england = None if low is None or middle is None or high is None else (low, middle, high)
        peers = [(f"m-{peer_set}", place[f"{peer_set}_score"]) for peer_set in PEERS]
        missing = words.MISSING.get(measure["missing_reason"] or "")
        body.append(
            (
                measure["measure_id"],
                [
                    Markup('<a href="{}">{}</a> <small>{}</small>{}').format(
                        site.measure_href_of("../", measure["measure_id"], edition),
                        measure["measure_name"],
                        measure["unit"],
                        notes_of(site, code, measure["measure_id"], edition) if is_lean else "",
                    ),
                    missing or Markup(charts_council.spine(place["score"], england, peers)),
                    plain(measure["value"]),
                    measure["grade"] or words.NO_VALUE,
                    by_peers(*(plain(measure[f"{peer_set}_median"]) for peer_set in PEERS)),
                    plain(measure["england_median"]),
                ],
                "missing" if missing else f"g{measure['grade']}",
            )
        )
    headings = columns(SAY.spine, words_only=("grade",), pictures=("picture",))
    return Table(f"spine-{ranking_id}", SAY.of_edition(row), headings, body)


def profile_of(site: Site, council: Row, edition: str) -> Profile:
    """The profile of a council on the page of an edition."""
    code, is_main = council["gss_code"], edition == council["main_edition"]
    rows = site.profile[(edition, code)]
    tables = [
        (row["edition"], table)
        for row in rows
        if row["ranking_id"] != "overall" and (table := spine_table(row, code, site, not is_main))
    ]
    [story] = site.story[(edition, code)]
    # The table of measures of a first page says the same of the lenses that are shown in its own edition.
    only_here = [table for shown, table in tables if shown != edition or not is_main]
    return Profile(
        name=council["title"],
        edition=edition,
        cards=[card(row, council, site) for row in rows],
        story=story,
        questions=site.questions[(edition, code)],
        spine=Section("spine", "", tables=[table for _, table in tables]),
        only_here=Section("spine", "", tables=only_here),
    )


def certainty_section(name: str, rows: Sequence[Row]) -> Section:
    """What choices and chance do to each rank, and where the next edition is likely to put it."""

    def places(row: Row, ends: str) -> str:
        better, worse = row[f"{ends}rank_p05"], row[f"{ends}rank_p95"]
        if better is None or worse is None:
            return words.NO_VALUE
        return str(SAY.places(better, worse, row["ranked_councils"]))

    ranked = [row for row in rows if row["productivity_rank"] is not None]
    headings = columns(SAY.certainty, words_only=("likely", "choices", "noise", "next"))
    body = [
        (
            row["ranking_id"],
            [
                SAY.of_edition(row),
                places(row, ""),
                places(row, "choices_"),
                places(row, "noise_"),
                places(row, "next_edition_"),
                number(row["top_quartile_pct"], 0),
            ],
            "",
        )
        for row in ranked
    ]
    table = Table("certainty", SAY.certainty_caption(name), headings, body)
    return Section("certainty", "", tables=[table] if ranked else [])


def for_less_section(name: str, code: str, rows: Sequence[Row], site: Site) -> Section:
    """Nearest neighbours with a better outcome for less spend, lens by lens."""
    headings = columns(
        {column: heading.format(name) for column, heading in SAY.less.items()},
        words_only=("council",),
    )
    body: list[tuple[str, Sequence[Cell], str]] = []
    for card_row in rows:
        for row in site.for_less[(card_row["edition"], code)]:
            if row["ranking_id"] == card_row["ranking_id"]:
                cells = [
                    SAY.of_edition(row),
                    site.council_link("../", row["peer_gss_code"], row["edition"]),
                    number(row["outcome_score"]),
                    number(row["own_outcome_score"]),
                    number(row["spend_per_head_gbp"], 0),
                    number(row["own_spend_per_head_gbp"], 0),
                ]
                body.append((f"{row['ranking_id']}:{row['peer_gss_code']}", cells, ""))
    table = Table("for-less", SAY.less_caption(name), headings, body)
    return Section("for-less", "", tables=[table] if body else [])


def moves_section(name: str, edition: str, measures: Sequence[Row]) -> Section:
    """The measures that could by themselves lift a rank beyond its likely range."""
    headings = columns(SAY.moves, words_only=("lens",))
    body = [
        (
            row["measure_id"],
            [
                row["measure_name"],
                row["ranking_name"],
                plain(row["value"]),
                words.plain_apart(row["value_for_rank_above_band"], row["value"]),
            ],
            "",
        )
        for row in measures
        if row["value_for_rank_above_band"] is not None
    ]
    table = Table("moves", SAY.moves_caption(name, edition), headings, body)
    return Section("moves", "", tables=[table] if body else [])


def missing_section(name: str, edition: str, measures: Sequence[Row]) -> Section:
    """The figures that are not reported, each with the reason."""
    headings = columns(SAY.missing, words_only=SAY.missing)
    body = [
        (
            row["measure_id"],
            [row["measure_name"], row["ranking_name"], words.MISSING[row["missing_reason"]]],
            "missing",
        )
        for row in measures
        if row["missing_reason"]
    ]
    table = Table("missing-figures", SAY.missing_caption(name, edition), headings, body)
    return Section("missing", "", tables=[table] if body else [])
