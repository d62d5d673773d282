"""Names that files print beside codes, held against the names that the registers know the codes by.

A file whose names and figures stand one row off their codes, or whose codes of two councils are exchanged,
is well formed: the name says whose figures they are. Words that a publisher adds or leaves out (council, city
of) make no difference; a name of another authority is a contradiction, one that nobody knows is too unless it
is nearly the same.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

#: Words that names are printed with or without.
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        "and authority borough cc city corporation council county cumulative district dc excl excluding gl "
        "inc lb lbc london mbc md met metropolitan of royal shire the ua uauth unitary upon with",
    )
)
#: How alike a name has to be that is not the same: a slip of the pen, not a neighbour.
ALIKE = 0.8
Words = frozenset[str]


@cache
def words_of(name: str) -> Words:
    """The words that tell a name from others, whatever their order, case and signs."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore").decode()
    plain = re.sub(r"\(.*?\)|\[.*?\]", " ", plain.replace("'", "").casefold())
    plain = re.sub(r"\bst\b\.?", "saint ", plain)
    found = re.findall(r"[a-z]+", plain)
    return frozenset(word for word in found if word not in STOP_WORDS) or frozenset(found)


class Names:
    """Names by code, and codes by name."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a code and a name; a code may have many."""
        known: dict[str, dict[Words, str]] = defaultdict(dict)
        codes: dict[Words, set[str]] = defaultdict(set)
        for code, name in names:
            if words := words_of(name):
                known[code].setdefault(words, name)
                codes[words].add(code)
        self.known: Mapping[str, Mapping[Words, str]] = dict(known)
        self.codes: Mapping[Words, set[str]] = dict(codes)
        self.told: dict[tuple[str, str], str] = {}

    def contradiction(self, code: str, printed: str) -> str:
        """What the register calls the code, where the printed name says another; empty where they agree.

        Nothing is said of a code without a name, or of a cell without one.
        """
        if (code, printed) not in self.told:
            self.told[code, printed] = self._contradiction(code, printed)
        return self.told[code, printed]

    def _contradiction(self, code: str, printed: str) -> str:
        names = self.known.get(code)
        words = words_of(printed)
        if not names or not words or words in names:
            return ""
        first = next(iter(names.values()))
        if words in self.codes:
            return first
        return "" if any(_are_alike(words, name) for name in names) else first


def _are_alike(words: Words, others: Words) -> bool:
    one, other = (" ".join(sorted(text)) for text in (words, others))
    return difflib.SequenceMatcher(None, one, other).ratio() >= ALIKE
