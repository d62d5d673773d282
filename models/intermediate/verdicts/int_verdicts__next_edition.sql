-- One row per edition, lens or `overall`, and council ranked in it and in the next on like figures: where the range
-- drawn without knowing the next edition put it, and where it came, brought to the number of councils ranked before;
-- beside it two plain rules, one range for all and the rank plus or minus a constant (method, step 10).
with

ranking as (

    select * from {{ ref('int_rankings__published') }}
    where ranking_kind <> 'module'

),

lens_pairs as (

    select
        ranking_id,
        edition,
        from_edition
    from {{ ref('int_change__pairs') }}
    where
        ranking_kind = 'lens'
        and is_like_for_like

),

pairs as (

    select * from lens_pairs
    union all
    -- overall where enough lenses have a pair
    select
        'overall' as ranking_id,
        edition,
        from_edition
    from lens_pairs
    group by edition, from_edition
    having count(*) >= {{ var('overall_minimum_lenses') }}

),

came as (

    select
        pairs.ranking_id,
        pairs.from_edition as edition,
        pairs.edition as next_edition,
        standing.gss_code,
        standing.productivity_rank,
        standing.ranked_councils,
        {{ council_productivity.rank_among(
            'arrived.productivity_rank', 'arrived.ranked_councils', 'standing.ranked_councils'
        ) }} as next_rank
    from pairs
    inner join ranking as standing
        on
            standing.ranking_id = pairs.ranking_id
            and standing.edition = pairs.from_edition
    inner join ranking as arrived
        on
            arrived.ranking_id = pairs.ranking_id
            and arrived.edition = pairs.edition
            and arrived.gss_code = standing.gss_code

),

constants as (

    -- what nine tenths of the councils of all pairs of the ranking move by at most
    select
        ranking_id,
        percentile_disc(0.9) within group (order by abs(next_rank - productivity_rank)) as places
    from came
    group by ranking_id

),

ranges as (

    select
        came.*,
        intervals.rank_p05,
        intervals.rank_p95,
        cast(floor(1 + 0.05 * (came.ranked_councils - 1)) as bigint) as same_for_all_p05,
        cast(ceiling(1 + 0.95 * (came.ranked_councils - 1)) as bigint) as same_for_all_p95,
        greatest(1, came.productivity_rank - constants.places) as constant_p05,
        least(came.ranked_councils, came.productivity_rank + constants.places) as constant_p95
    from came
    inner join constants
        on constants.ranking_id = came.ranking_id
    inner join {{ ref('int_draws__intervals') }} as intervals
        on
            intervals.ranking_id = came.ranking_id
            and intervals.edition = came.edition
            and intervals.gss_code = came.gss_code
            and intervals.scenario_id = 'back_test'

),

final as (

    select
        edition,
        ranking_id,
        gss_code,
        next_edition,
        productivity_rank,
        ranked_councils,
        next_rank,
        rank_p05,
        rank_p95,
        next_rank between rank_p05 and rank_p95 as is_inside,
        {{ council_productivity.interval_score('rank_p05', 'rank_p95', 'next_rank') }} as interval_score,
        {{ council_productivity.interval_score('same_for_all_p05', 'same_for_all_p95', 'next_rank') }}
            as same_for_all_score,
        {{ council_productivity.interval_score('constant_p05', 'constant_p95', 'next_rank') }} as constant_score
    from ranges

)

select * from final
