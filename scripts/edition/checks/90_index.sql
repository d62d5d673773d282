-- The edition is marked as one of the index, last of all, with how many lenses it scores and how many councils it ranks
-- at least: a test holds it to both. A lens with too few measures that count is not scored.
with

counted as (

    select
        lenses.ranking_id,
        count(measure_states.measure_id) filter (measure_states.state = 'counts') as measures_active
    from rankings as lenses
    cross join asked
    left join measure_states using (ranking_id)
    where
        lenses.ranking_kind = 'lens'
        and lenses.first_edition <= asked.edition
    group by lenses.ranking_id

),

scored as (

    select
        count(*) filter (measures_active >= getvariable('lens_minimum_active_measures')) as lenses,
        few(list(ranking_id) filter (measures_active < getvariable('lens_minimum_active_measures'))) as lacking
    from counted

)

select
    'editions.csv: minimum_lenses_scored' as place,
    case
        when asked.minimum_lenses_scored is null then 'lenses with enough measures now: ' || scored.lenses
        else 'too few measures: ' || coalesce(scored.lacking, 'none of those there')
    end as subject,
    coalesce(asked.minimum_lenses_scored || ' said, ' || scored.lenses || ' can be scored', 'empty') as now,
    case
        when asked.minimum_lenses_scored is null then 'how many at least'
        else 'mend the measures, or the number'
    end as to_do
from asked
cross join scored
where
    asked.is_registered
    and coalesce(asked.minimum_lenses_scored > scored.lenses, true)
union all
select
    'editions.csv: minimum_ranked_councils' as place,
    edition as subject,
    'empty' as now,
    'how many at least' as to_do
from asked
where
    is_registered
    and minimum_ranked_councils is null
union all
select
    'editions.csv: is_index_edition' as place,
    edition as subject,
    case when is_index_edition then 'true, with a not_index_reason' else 'false' end as now,
    'true, and no not_index_reason' as to_do
from asked
where
    is_registered
    and (not is_index_edition or not_index_reason is not null)
