-- Figures that come second-hand, not out of a file of the publisher, with what rests on them: lines of spend and
-- measures that are scored, by ranking and edition. A carried figure that none of them uses stands here, too.
with

used as (

    select
        second_hand_source,
        ranking_id,
        edition,
        'spend' as what
    from after.marts.fct_spend_line
    where
        second_hand_source is not null
        and figure_value is not null
    union all
    select
        second_hand_source,
        ranking_id,
        edition,
        measure_id as what
    from after.marts.fct_measure_grade
    where
        second_hand_source is not null
        and is_active
),

told as (

    select
        second_hand_source,
        ranking_name || ', ' || edition || ': ' || string_agg(distinct what, ', ' order by what) as what,
        ranking_order,
        edition
    from used
    inner join after.marts.dim_ranking using (ranking_id)
    group by second_hand_source, ranking_name, ranking_order, edition

),

rests as (

    select
        second_hand_source,
        string_agg(what, '; ' order by ranking_order, edition) as what
    from told
    group by second_hand_source

),

carried as (

    select
        seed,
        source,
        string_agg(part, ', ' order by part) as parts,
        sum(rows_carried::bigint) as rows_carried
    from after.seeds.carried_figures
    where seed not like 'register/%'
    group by seed, source

)

select
    seed as "Seed",
    coalesce(parts, 'all') as "Part",
    rows_carried as "Rows",
    source as "Source",
    coalesce(rests.what, 'no line of spend or measure that is scored') as "What rests on it"
from carried
left join rests on rests.second_hand_source = carried.source
order by seed, parts
