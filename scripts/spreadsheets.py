"""Text that a spreadsheet would take for a formula, in every CSV for people.

A cell that starts with one of these characters is calculated when the file is opened in a spreadsheet,
whoever wrote it. It gets an apostrophe before it, which a spreadsheet shows as the text it is; a number keeps
its sign. Parquet and the databases hold every text as it is.
"""

from __future__ import annotations

import re

STARTS = "=+-@\t\r"
# What is a number to any program that reads the file.
NUMBER = r"[+-]?[0-9]*\.?[0-9]+([eE][+-]?[0-9]+)?"


def guarded(text: str) -> str:
    """A text that no spreadsheet calculates."""
    return f"'{text}" if text and text[0] in STARTS and not re.fullmatch(NUMBER, text) else text


def guarded_column(column: str) -> str:
    """The same in SQL, for a column of text."""
    name = '"' + column.replace('"', '""') + '"'
    starts = ", ".join(f"chr({ord(character)})" for character in STARTS)
    return (
        f"case when left({name}, 1) in ({starts}) and not regexp_full_match({name}, '{NUMBER}') "
        f"then chr(39) || {name} else {name} end as {name}"
    )
