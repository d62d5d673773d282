"""What several pages share: names of modules, legends, where things are."""

from __future__ import annotations

from pathlib import Path

from scripts.site.said import said

SAY = said("shared")

ROOT = Path(__file__).resolve().parents[2]
ENGLAND = "E92000001"
HOME = [("../index.html", SAY.home)]
TO_HOME = [("index.html", SAY.home)]
TO_MODULES = ("../modules/index.html", SAY.modules)
LARGEST_CSV = 60_000
#: Sets of peers that a reader chooses from.
PEERS = ("ons", "dfe", "region")
LEGEND_RANGES = SAY.legend_ranges
LEGEND_SCATTER = SAY.legend_scatter
LEGEND_TREND = SAY.legend_trend
DOMAINS = {
    "adult_social_care": ("quality_of_life", "independence", "prevention", "experience"),
    "childrens_services": ("referral", "protection", "care", "leaving_care", "youth_justice"),
    "valuing_care": ("education", "emotional_health", "care_leavers"),
}
#: A module's title, whom its spend is divided by, and its domains.
MODULES = {module: (*SAY.module[module], domains) for module, domains in DOMAINS.items()}
