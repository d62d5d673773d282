-- One row per edition, council and scored value of a measure with a known error: the standard error in the unit of the
-- score. Published 95 % margins are 1.96 standard errors; shares are binomial and counts Poisson; a mean has its
-- deviation over the root of those it is of; a rounded figure lies anywhere within half a step. Beyond a goalpost a
-- small error leaves the score, so it counts as none there.
with

graded as (

    select
        graded.*,
        errors.sampling_error,
        errors.value_per,
        errors.deviation,
        errors.printed_step,
        measures.multiplier,
        goalposts.worst_goalpost,
        goalposts.best_goalpost,
        -- of those who answered in all, those of one age are a part, and their margin is wider
        counted.figure_value / sqrt(coalesce(errors.count_share, 1)) as margin,
        case
            when counted.figure_value is not null
                then greatest(1, counted.figure_value * coalesce(errors.count_share, 1))
        end as counted
    from {{ ref('int_measures__graded') }} as graded
    inner join {{ ref('stg_register__measure_errors') }} as errors
        on errors.measure_id = graded.measure_id
    inner join {{ ref('stg_register__measures') }} as measures
        on measures.measure_id = graded.measure_id
    inner join {{ ref('stg_register__goalposts') }} as goalposts
        on
            goalposts.measure_id = graded.measure_id
            and goalposts.method_version = '{{ var("method_version") }}'
    left join {{ ref('int_measures__counted') }} as counted
        on
            counted.measure_id = graded.measure_id
            and counted.edition = graded.edition
            and counted.gss_code = graded.gss_code
    where graded.score is not null

),

shares as (

    -- None and all of a count are taken as half a case less: they are not certain.
    select
        *,
        greatest(0.5 / counted, least(1 - 0.5 / counted, measure_value / value_per)) as share_of_count
    from graded

),

in_unit_of_value as (

    select
        *,
        printed_step * printed_step / 12 as rounding_variance,
        case sampling_error
            when 'published_margin' then margin / 1.96
            when 'binomial'
                then
                    multiplier
                    * sqrt(numerator * greatest(0, denominator - numerator) / denominator)
                    / denominator
            -- of a count of none the error is taken as that of one
            when 'poisson' then multiplier * sqrt(greatest(1, abs(numerator))) / denominator
            when 'poisson_stock'
                then multiplier * sqrt(greatest(1, numerator / periods_held)) * periods_held / denominator
            when 'binomial_of_count' then value_per * sqrt(share_of_count * (1 - share_of_count) / counted)
            when 'poisson_of_rate'
                then value_per * sqrt(greatest(1, measure_value * counted / value_per)) / counted
            when 'mean_of_count' then deviation / sqrt(counted)
        end as sampling_standard_error
    from shares

),

added as (

    select
        *,
        sqrt(
            coalesce(sampling_standard_error * sampling_standard_error, 0)
            + coalesce(rounding_variance, 0)
        ) as value_standard_error
    from in_unit_of_value
    where sampling_standard_error is not null or rounding_variance is not null

),

final as (

    select
        edition,
        ranking_id,
        gss_code,
        measure_id,
        weight,
        sampling_standard_error is not null as is_sampling_error_known,
        value_standard_error,
        case
            when score <= {{ var('score_floor') }} or score >= 100 then 0
            else {{ 100 - var('score_floor') }} * value_standard_error / abs(best_goalpost - worst_goalpost)
        end as score_standard_error
    from added

)

select * from final
