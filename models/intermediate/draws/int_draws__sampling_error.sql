-- One row per edition, council and scored value of a measure with a known sampling error: the standard error in the
-- unit of the score. Published 95 % margins are 1.96 standard errors; shares are binomial and counts Poisson. Beyond a
-- goalpost a small error leaves the score, so it counts as none there.
with

graded as (

    select
        graded.*,
        measures.sampling_error,
        measures.margin_item_id,
        measures.multiplier,
        goalposts.worst_goalpost,
        goalposts.best_goalpost
    from {{ ref('int_measures__graded') }} as graded
    inner join {{ ref('stg_register__measures') }} as measures
        on measures.measure_id = graded.measure_id
    inner join {{ ref('stg_register__goalposts') }} as goalposts
        on
            goalposts.measure_id = graded.measure_id
            and goalposts.method_version = '{{ var("method_version") }}'
    where
        graded.score is not null
        and measures.sampling_error <> 'none'

),

margins as (

    select * from {{ ref('int_figures__by_council') }}
    where publication_id = 'nhs_ascof_margins'

),

in_unit_of_value as (

    select
        graded.edition,
        graded.ranking_id,
        graded.gss_code,
        graded.measure_id,
        graded.score,
        graded.weight,
        graded.worst_goalpost,
        graded.best_goalpost,
        case graded.sampling_error
            when 'published_margin' then margins.figure_value / 1.96
            when 'binomial'
                then
                    graded.multiplier
                    * sqrt(graded.numerator * greatest(0, graded.denominator - graded.numerator) / graded.denominator)
                    / graded.denominator
            -- of a count of none the error is taken as that of one
            when 'poisson' then graded.multiplier * sqrt(greatest(1, abs(graded.numerator))) / graded.denominator
            when 'poisson_stock'
                then
                    graded.multiplier
                    * sqrt(greatest(1, graded.numerator / graded.periods_held)) * graded.periods_held
                    / graded.denominator
        end as value_standard_error
    from graded
    left join margins
        on
            margins.item_id = graded.margin_item_id
            and margins.edition = graded.edition
            and margins.gss_code = graded.gss_code

),

final as (

    select
        edition,
        ranking_id,
        gss_code,
        measure_id,
        weight,
        value_standard_error,
        case
            when score <= 1 or score >= 100 then 0
            else 99 * value_standard_error / abs(best_goalpost - worst_goalpost)
        end as score_standard_error
    from in_unit_of_value
    where value_standard_error is not null

)

select * from final
