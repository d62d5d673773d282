-- One row per edition, scored lens or module and normalisation: how far outcome scores lie apart under it, goalposts
-- being 1. Noise is known in goalpost points and grows or shrinks with the scale.
with

outcomes as (

    select
        normalised.edition,
        normalised.ranking_id,
        normalised.normalisation,
        normalised.gss_code,
        {{ council_productivity.weighted_mean('normalised.score', 'slotted.weight') }} as outcome_score
    from {{ ref('int_draws__normalised') }} as normalised
    inner join {{ ref('int_draws__slotted') }} as slotted
        on
            slotted.edition = normalised.edition
            and slotted.ranking_id = normalised.ranking_id
            and slotted.measure_id = normalised.measure_id
    group by normalised.edition, normalised.ranking_id, normalised.normalisation, normalised.gss_code

),

spreads as (

    select
        edition,
        ranking_id,
        normalisation,
        stddev_samp(outcome_score) as deviation
    from outcomes
    group by edition, ranking_id, normalisation

),

final as (

    select
        spreads.edition,
        spreads.ranking_id,
        spreads.normalisation,
        {{ council_productivity.round_score(
            'coalesce(spreads.deviation / nullif(goalposts.deviation, 0), 1)'
        ) }} as noise_scale
    from spreads
    inner join spreads as goalposts
        on
            goalposts.edition = spreads.edition
            and goalposts.ranking_id = spreads.ranking_id
            and goalposts.normalisation = 'goalposts'

)

select * from final
