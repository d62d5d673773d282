-- Properties of the draws: one choice per draw and factor, weights within a quarter of the register's, each choice
-- about as often as the next (within four standard errors), the same keys for any engine: the first draw's
-- normalisation follows from the md5 of its key alone.
{% set draws = var('draws') %}

with

parameters as (

    select * from {{ ref('fct_draw_parameter') }}

),

weights_out_of_range as (

    select
        parameters.factor,
        parameters.subject_id as found,
        'a drawn weight lies within a quarter of the register''s' as rule
    from parameters
    left join {{ ref('dim_ranking') }} as lenses
        on lenses.ranking_id = parameters.subject_id
    where
        parameters.factor in ('measure_weight', 'lens_weight')
        and not parameters.weight / coalesce(lenses.weight_in_overall, 1)
        between 1 - {{ var('weight_spread') }} and 1 + {{ var('weight_spread') }}

),

counted as (

    select
        factor,
        subject_id,
        count(*) as draws_found
    from parameters
    group by factor, subject_id

),

uneven as (

    select
        factor,
        choice as found,
        'each choice is drawn about as often as the next' as rule
    from parameters
    where factor in ('normalisation', 'spend', 'outcome_mean')
    group by factor, subject_id, choice
    having
        abs(count(*) - {{ draws }} * case factor when 'outcome_mean' then 1.0 / 2 else 1.0 / 3 end)
        > 4 * sqrt({{ draws }} * case factor when 'outcome_mean' then 1.0 / 4 else 2.0 / 9 end)

),

first_draw as (

    select
        factor,
        choice as found,
        'the first draw follows from the md5 of its key' as rule
    from parameters
    where
        factor = 'normalisation'
        and draw = 1
        and choice <> case
            when substr(md5('{{ var("uncertainty_run_id") }}|normalisation|1'), 1, 8) < '55555555' then 'goalposts'
            when substr(md5('{{ var("uncertainty_run_id") }}|normalisation|1'), 1, 8) < 'aaaaaaaa' then 'minmax'
            else 'percentile'
        end

)

select * from weights_out_of_range
union all
select
    factor,
    subject_id as found,
    'one choice for each draw' as rule
from counted
where draws_found <> {{ draws }}
union all
select * from uneven
union all
select * from first_draw
