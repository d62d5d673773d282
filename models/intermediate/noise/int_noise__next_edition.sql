-- One row per lens and pair of editions that is left out (`none`: no pair is): how far the logarithm of productivity
-- moves from one edition to the next, over all like-for-like pairs, the mean of each removed (method, step 10). A
-- lens with fewer than three pairs takes the median of the others.
with

changes as (

    select
        ranking_id,
        from_edition,
        ln_productivity_change
        - avg(ln_productivity_change) over (partition by ranking_id, from_edition) as deviation
    from {{ ref('int_change__rankings') }}
    where ranking_kind = 'lens'

),

by_pair as (

    select
        ranking_id,
        from_edition,
        sum(deviation * deviation) as squares,
        count(*) - 1 as degrees
    from changes
    group by ranking_id, from_edition

),

lenses as (

    select
        rankings.ranking_id,
        count(by_pair.from_edition) as pairs
    from {{ ref('stg_register__rankings') }} as rankings
    left join by_pair
        on by_pair.ranking_id = rankings.ranking_id
    where rankings.ranking_kind = 'lens'
    group by rankings.ranking_id

),

left_out as (

    select
        ranking_id,
        from_edition as left_out_edition
    from by_pair
    union all
    select
        ranking_id,
        'none' as left_out_edition
    from lenses

),

own as (

    select
        left_out.ranking_id,
        left_out.left_out_edition,
        sum(by_pair.squares) / sum(by_pair.degrees) as variance
    from left_out
    inner join lenses
        on
            lenses.ranking_id = left_out.ranking_id
            and lenses.pairs >= 3
    inner join by_pair
        on
            by_pair.ranking_id = left_out.ranking_id
            and by_pair.from_edition <> left_out.left_out_edition
    group by left_out.ranking_id, left_out.left_out_edition

),

borrowed as (

    select {{ council_productivity.percentile('variance', 0.5) }} as variance
    from own
    where left_out_edition = 'none'

),

final as (

    select
        left_out.ranking_id,
        left_out.left_out_edition,
        lenses.pairs,
        own.ranking_id is null as is_variance_borrowed,
        {{ council_productivity.round_score('sqrt(coalesce(own.variance, borrowed.variance, 0))') }}
            as ln_change_deviation
    from left_out
    inner join lenses
        on lenses.ranking_id = left_out.ranking_id
    cross join borrowed
    left join own
        on
            own.ranking_id = left_out.ranking_id
            and own.left_out_edition = left_out.left_out_edition

)

select * from final
