"""Another dbt project, which has this one as a package and reads one of its marts.

It stands here as text: dbt would take files below ``tests`` for tests of the real project.
"""

from __future__ import annotations

from pathlib import Path

# What docs/dbt.md says to write, and one model.
FILES = {
    "packages.yml": """
packages:
  - local: {package}
""",
    "dbt_project.yml": """
name: consumer
version: "1.0.0"
profile: consumer
flags:
  indirect_selection: buildable
metrics:
  council_productivity:
    +enabled: false
saved-queries:
  council_productivity:
    +enabled: false
semantic-models:
  council_productivity:
    +enabled: false
""",
    "profiles.yml": """
consumer:
  target: duckdb
  outputs:
    duckdb:
      type: duckdb
      path: consumer.duckdb
""",
    "seeds/favourites.csv": """ranking_id
waste_recycling
""",
    "models/favourite_lenses.sql": """
select lenses.ranking_name
from {{ ref('council_productivity', 'dim_ranking') }} as lenses
inner join {{ ref('favourites') }} as favourites using (ranking_id)
""",
}


def package_project(folder: Path, package: Path) -> Path:
    """Write the project into a folder; the package is this project in another one."""
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        text = content.replace("{package}", str(package)).lstrip("\n")
        (folder / name).write_text(text, encoding="utf-8")
    return folder
