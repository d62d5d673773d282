-- One row per overall cell (edition, scenario and draw) and council that has enough lenses in the draw: the geometric
-- mean over its lenses of productivity to the lens's median in the draw, each brought to a like spread, and its rank,
-- brought to the number of councils that is published.
with

cells as (

    select
        cell_id,
        overall_cell_id,
        edition,
        weight_in_overall,
        spread_scale
    from {{ ref('int_draws__cells') }}
    where ranking_kind = 'lens'

),

lens_ranks as (

    select * from {{ ref('int_draws__lens_ranks') }}

),

medians as (

    select
        cell_id,
        ln({{ council_productivity.percentile('productivity', 0.5) }}) as ln_median
    from lens_ranks
    group by cell_id

),

weighed as (

    select
        cells.cell_id,
        cells.overall_cell_id,
        cells.weight_in_overall,
        cells.spread_scale,
        medians.ln_median
    from cells
    inner join medians
        on medians.cell_id = cells.cell_id

),

combined as (

    select
        weighed.overall_cell_id,
        lens_ranks.gss_code,
        {{ council_productivity.round_score('exp(' ~ council_productivity.overall_ln_productivity(
            'ln(lens_ranks.productivity) - weighed.ln_median', 'weighed.spread_scale', 'weighed.weight_in_overall'
        ) ~ ')') }} as productivity
    from lens_ranks
    inner join weighed
        on weighed.cell_id = lens_ranks.cell_id
    group by weighed.overall_cell_id, lens_ranks.gss_code
    having count(*) >= {{ var('overall_minimum_lenses') }}

),

ranked as (

    select
        *,
        {{ council_productivity.rank_best_first('productivity', 'overall_cell_id') }} as drawn_rank,
        count(*) over (partition by overall_cell_id) as drawn_councils
    from combined

),

published as (

    select distinct
        cells.overall_cell_id,
        overall.ranked_councils
    from cells
    inner join {{ ref('int_rankings__overall_ranked') }} as overall
        on overall.edition = cells.edition
    where overall.ranked_councils > 0

),

final as (

    select
        ranked.overall_cell_id,
        ranked.gss_code,
        ranked.productivity,
        {{ council_productivity.rank_among('ranked.drawn_rank', 'ranked.drawn_councils', 'published.ranked_councils') }}
            as productivity_rank
    from ranked
    inner join published
        on published.overall_cell_id = ranked.overall_cell_id

)

select * from final
