"""A project of one seed and the marts that the build driver prints, enough to try it on.

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
    "seeds/outcomes/scores.csv": """ranking_id,council_name,productivity_index
overall,Ayton,120.5
overall,Beeford,99.25
waste,Beeford,101
older,Ceeham,97
""",
    "seeds/outcomes/_seeds.yml": """
seeds:
  - name: scores
    config:
      column_types: {ranking_id: text, council_name: text, productivity_index: text}
    columns:
      - name: productivity_index
        data_tests:
          - not_null:
              name: every_score_is_printed
              description: Every council's row prints a score.
""",
    "models/marts/dim_ranking.sql": """
select
    'waste' as ranking_id, 'lens' as ranking_kind,
    'Waste and recycling' as ranking_name, 1 as ranking_order
union all
select 'older', 'lens', 'Older people', 2
""",
    "models/marts/dim_edition.sql": """
select
    '2021-22' as edition, true as is_index_edition, true as is_headline,
    2 as lenses_scored, null::text as not_index_reason
union all
select '2022-23', false, false, 0, 'no survey'
union all
select '2023-24', true, false, 1, null
union all
select '2024-25', false, false, 0, 'no budgets held'
""",
    "models/marts/dim_ranking_edition.sql": """
select '2021-22' as edition, 'waste' as ranking_id, true as is_latest, null as not_scored_reason
union all
select '2023-24', 'waste', false, 'too_few_measures'
union all
select '2023-24', 'older', true, null
""",
    "models/marts/dim_measure.sql": """
select 'tips' as measure_id, 'tips' as publication_id, '2022-23' as last_edition
union all
select 'bins', 'bins', '2022-23'
""",
    "models/marts/bridge_ranking_measure.sql": """
select 'waste' as ranking_id, 'tips' as measure_id, 'active' as status
union all
select 'waste', 'bins', 'refused'
""",
    "models/marts/dim_publication.sql": """
select 'tips' as publication_id, 'Fly-tipping' as publication_name
union all
select 'bins', 'Bins'
""",
    "models/marts/dim_council.sql": """
select 'Ayton' as gss_code, 'Ayton' as council_name
union all
select 'Beeford', 'Beeford'
union all
select 'Ceeham', 'Ceeham'
""",
    "models/marts/fct_ranking.sql": """
select
    case ranking_id when 'older' then '2023-24' else '2021-22' end as edition,
    ranking_id,
    council_name as gss_code,
    productivity_index::double as productivity_index,
    rank() over (partition by ranking_id order by productivity_index::double desc) as productivity_rank,
    count(*) over (partition by ranking_id) as ranked_councils,
    1 as rank_p05,
    2 as rank_p95
from {{ ref('scores') }}
""",
    "models/marts/_marts.yml": """
unit_tests:
  - name: the_best_score_ranks_first
    model: fct_ranking
    given:
      - input: ref('scores')
        rows:
          - {ranking_id: waste, council_name: Ayton, productivity_index: "90"}
          - {ranking_id: waste, council_name: Beeford, productivity_index: "110"}
    expect:
      rows:
        - {gss_code: Ayton, productivity_rank: 2}
        - {gss_code: Beeford, productivity_rank: 1}
""",
    "tests/scores_are_positive.sql": """
select * from {{ ref('fct_ranking') }} where productivity_index <= 0
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
