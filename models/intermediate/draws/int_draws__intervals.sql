-- One row per edition, ranking, scenario with an interval, and council that any of its draws ranks: where nine tenths
-- of the draws that rank it put it (method, step 10). Chances are over all the draws.
with

scenarios as (

    select
        scenario_id,
        draws
    from {{ ref('stg_register__scenarios') }}
    where scenario_kind in ('uncertainty', 'interval', 'next_edition')

),

published as (

    select
        edition,
        ranking_id,
        max(ranked_councils) as ranked_councils
    from {{ ref('int_rankings__published') }}
    group by edition, ranking_id

),

-- Twenty million ranks are gathered by the number of their interval, a third of the time that names take.
intervals as (

    select
        published.edition,
        published.ranking_id,
        scenarios.scenario_id,
        scenarios.draws,
        published.ranked_councils,
        cast(
            row_number() over (order by published.edition, published.ranking_id, scenarios.scenario_id) as integer
        ) as interval_number
    from published
    cross join scenarios

),

cells as (

    select
        intervals.interval_number,
        intervals.ranked_councils,
        cells.cell_id,
        'lens' as table_of_ranks
    from {{ ref('int_draws__cells') }} as cells
    inner join intervals
        on
            intervals.edition = cells.edition
            and intervals.ranking_id = cells.ranking_id
            and intervals.scenario_id = cells.scenario_id
    union all
    select distinct
        intervals.interval_number,
        intervals.ranked_councils,
        cells.overall_cell_id as cell_id,
        'overall' as table_of_ranks
    from {{ ref('int_draws__cells') }} as cells
    inner join intervals
        on
            intervals.edition = cells.edition
            and intervals.ranking_id = 'overall'
            and intervals.scenario_id = cells.scenario_id

),

drawn as (

    select
        cells.interval_number,
        ranks.gss_code,
        ranks.productivity_rank,
        {{ council_productivity.rank_group('ranks.productivity_rank', 'cells.ranked_councils', 4) }} as drawn_quartile
    from {{ ref('int_draws__lens_ranks') }} as ranks
    inner join cells
        on
            cells.cell_id = ranks.cell_id
            and cells.table_of_ranks = 'lens'
    union all
    select
        cells.interval_number,
        ranks.gss_code,
        ranks.productivity_rank,
        {{ council_productivity.rank_group('ranks.productivity_rank', 'cells.ranked_councils', 4) }} as drawn_quartile
    from {{ ref('int_draws__overall_ranks') }} as ranks
    inner join cells
        on
            cells.cell_id = ranks.overall_cell_id
            and cells.table_of_ranks = 'overall'

),

gathered as (

    select
        interval_number,
        gss_code,
        count(*) as draws_ranked,
        {{ council_productivity.discrete_percentiles(
            'productivity_rank', [var('band_lower_share'), 0.5, var('band_upper_share')]
        ) }} as ranks,
        sum(case when productivity_rank <= 10 then 1 else 0 end) as draws_in_top_10,
        sum(case when drawn_quartile = 1 then 1 else 0 end) as draws_in_top_quartile
    from drawn
    group by interval_number, gss_code

),

final as (

    select
        intervals.edition,
        intervals.ranking_id,
        intervals.scenario_id,
        gathered.gss_code,
        intervals.draws,
        gathered.draws_ranked / cast(intervals.draws as {{ council_productivity.number_type() }}) as probability_ranked,
        cast({{ council_productivity.element('gathered.ranks', 1) }} as bigint) as rank_p05,
        cast({{ council_productivity.element('gathered.ranks', 2) }} as bigint) as rank_median,
        cast({{ council_productivity.element('gathered.ranks', 3) }} as bigint) as rank_p95,
        gathered.draws_in_top_10 / cast(intervals.draws as {{ council_productivity.number_type() }})
            as probability_top_10,
        gathered.draws_in_top_quartile / cast(intervals.draws as {{ council_productivity.number_type() }})
            as probability_top_quartile
    from gathered
    inner join intervals
        on intervals.interval_number = gathered.interval_number

)

select * from final
