"""What several pages share: names of modules, legends, where things are."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENGLAND = "E92000001"
HOME = [("../index.html", "Home")]
LARGEST_CSV = 60_000
LEGEND_SCATTER = (
    ("lit", "this council"),
    ("peer", "peers"),
    ("all", "all ranked councils"),
    ("mid", "England's spend, mean outcome"),
)
LEGEND_TREND = (("s1", "this council"), ("s2", "nearest neighbours, median"), ("s3", "England"))
MODULES = {
    "adult_social_care": (
        "Adult social care",
        "adult",
        ("quality_of_life", "independence", "prevention", "experience"),
    ),
    "childrens_services": (
        "Children's services",
        "child",
        ("referral", "protection", "care", "leaving_care", "youth_justice"),
    ),
    "valuing_care": ("Valuing Care", "looked-after child", ("education", "emotional_health", "care_leavers")),
}
