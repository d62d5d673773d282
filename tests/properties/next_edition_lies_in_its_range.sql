-- Rule: of the councils ranked in two like editions, 85 to 95 % lie in the range that was drawn for the next edition
-- without knowing it, in each lens, overall and in all; and the ranges score better than one range for all and than
-- the rank plus or minus a constant, all in all. Bands do not answer for this: they hold the year itself. Housing may
-- reach 97 %: from 2018-19 its year moved little (99 % lie in the range); without that pair it is 94.5 %.
with

tested as (

    select * from {{ ref('fct_next_edition_test') }}
    where is_gated

),

by_ranking as (

    select
        ranking_id,
        sum(councils * share_inside) / sum(councils) as share_inside
    from tested
    group by ranking_id
    union all
    select
        'all' as ranking_id,
        sum(councils * share_inside) / sum(councils) as share_inside
    from tested

),

scores as (

    select
        sum(councils * mean_interval_score) / sum(councils) as interval_score,
        sum(councils * same_for_all_score) / sum(councils) as same_for_all_score,
        sum(councils * constant_score) / sum(councils) as constant_score
    from tested

)

select
    ranking_id,
    share_inside,
    'the next edition lies in its range 85 to 95 times of 100' as rule
from by_ranking
where
    -- with few draws the ends of a range are rough
    {{ var('draws') }} >= {{ var('interval_draws') }}
    and not share_inside between 0.85 and case when ranking_id = 'housing_homelessness' then 0.97 else 0.95 end
union all
select
    'all' as ranking_id,
    interval_score as share_inside,
    'the range scores better than the two plain rules' as rule
from scores
where
    {{ var('draws') }} >= {{ var('interval_draws') }}
    and interval_score >= least(same_for_all_score, constant_score)
