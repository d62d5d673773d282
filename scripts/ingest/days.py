"""Days that files name: none of them lies after today."""

from __future__ import annotations

import datetime
import re

#: A day, or a month where no more is printed. A financial year of the same shape is long past.
DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{4}-(?:0[1-9]|1[0-2])$", re.ASCII)


def today() -> str:
    """The day that it is, in ISO."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def after_today(text: str) -> str:
    """The first day (ISO) in a text that lies after today; empty if none does."""
    now = today()
    return next((day for day in DAY.findall(text) if day > now[: len(day)]), "")
