-- One row per lens or module: how much of a year's outcome does not last (method, step 10). What a change gives and
-- the next one takes back shows in their covariance, with its sign turned; what sampling error explains is taken off.
-- With fewer than two triples of base editions, and in modules, the median of the lenses that have them serves.
with

triples as (

    select * from {{ ref('int_noise__outcome_triples') }}

),

by_triple as (

    select
        ranking_id,
        edition,
        -covar_samp(first_change, second_change) - avg(sampling_variance) as variance
    from triples
    group by ranking_id, edition

),

by_lens as (

    -- the mean over the triples first, then the floor
    select
        ranking_id,
        count(*) as triples,
        greatest(0, avg(variance)) as variance
    from by_triple
    group by ranking_id
    having count(*) >= 2

),

borrowed as (

    select {{ council_productivity.percentile('variance', 0.5) }} as variance
    from by_lens

),

final as (

    select
        rankings.ranking_id,
        coalesce(by_lens.triples, 0) as triples,
        by_lens.ranking_id is null as is_noise_borrowed,
        {{ council_productivity.round_score('sqrt(coalesce(by_lens.variance, borrowed.variance, 0))') }}
            as outcome_noise_deviation
    from {{ ref('stg_register__rankings') }} as rankings
    cross join borrowed
    left join by_lens
        on by_lens.ranking_id = rankings.ranking_id
    where rankings.ranking_kind <> 'overall'

)

select * from final
