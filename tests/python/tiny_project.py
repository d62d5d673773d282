"""A project of one seed and two marts, enough to try the build driver on.

It stands here as text: dbt would take files below ``tests`` for tests of the real project.
"""

from __future__ import annotations

from pathlib import Path

from conftest import Project, copied

FILES = {
    "dbt_project.yml": """
name: council_productivity
version: "0.1.0"
profile: council_productivity
seeds:
  council_productivity:
    +schema: seeds
    +quote_columns: false
models:
  council_productivity:
    +materialized: table
    marts:
      +schema: marts
""",
    "seeds/outcomes/scores.csv": """lens_id,council_name,productivity_index
overall,Ayton,120.5
overall,Beeford,99.25
waste,Beeford,101
""",
    "seeds/outcomes/_seeds.yml": """
seeds:
  - name: scores
    config:
      column_types: {lens_id: text, council_name: text, productivity_index: text}
    columns:
      - name: productivity_index
        data_tests:
          - not_null:
              name: every_score_is_printed
              description: Every council's row prints a score.
""",
    "models/marts/dim_lens.sql": """
select 'waste' as lens_id, 'Waste and recycling' as lens_name, 1 as lens_order
""",
    "models/marts/fct_top_ten.sql": """
select
    '2023-24' as edition,
    lens_id,
    row_number() over (partition by lens_id order by productivity_index::double desc) as top_ten_position,
    council_name,
    productivity_index::double as productivity_index,
    rank() over (partition by lens_id order by productivity_index::double desc) as productivity_rank,
    count(*) over (partition by lens_id) as ranked_councils
from {{ ref('scores') }}
""",
    "models/marts/_marts.yml": """
unit_tests:
  - name: the_best_score_ranks_first
    model: fct_top_ten
    given:
      - input: ref('scores')
        rows:
          - {lens_id: waste, council_name: Ayton, productivity_index: "90"}
          - {lens_id: waste, council_name: Beeford, productivity_index: "110"}
    expect:
      rows:
        - {council_name: Ayton, productivity_rank: 2}
        - {council_name: Beeford, productivity_rank: 1}
""",
    "tests/scores_are_positive.sql": """
select * from {{ ref('fct_top_ten') }} where productivity_index <= 0
""",
    "tests/_tests.yml": """
data_tests:
  - name: scores_are_positive
    description: No productivity index is zero or less.
""",
}


def tiny_project(folder: Path) -> Project:
    """Write the project into a folder."""
    copied(folder, ("macros/project", "profiles.yml", "scripts"))
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content.lstrip("\n"), encoding="utf-8")
    return Project(folder)


def laid_out(folder: Path) -> Project:
    """The tiny project in a folder of its own, built once."""
    project = tiny_project(folder)
    status, output = project.build()
    assert status == 0, output
    return project
