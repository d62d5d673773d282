"""The page on ingestion lists the changes to whole files that are tried, with what becomes of each."""

from __future__ import annotations

import re

from examples import ROOT
from test_ingest_shared_drifts import DRIFTS


def test_the_page_lists_what_is_tried() -> None:
    """Every change in its order, with words of the reason; none is without one."""
    page = (ROOT / "docs" / "ingestion.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| (.+) \| refused: \*(.+)\* \|$", page, re.MULTILINE)
    assert listed == [(case, reason) for case, (_, _, reason) in DRIFTS.items()]
    assert all(reason for _, _, reason in DRIFTS.values())
