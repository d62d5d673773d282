-- One row per edition, lens, module or `overall`, and council with a change: the 5-95 % band of the change over the
-- draws.
with

drawn as (

    select * from {{ ref('int_verdicts__drawn') }}

),

overall as (

    select
        edition,
        draw,
        gss_code,
        {{ council_productivity.round_score(council_productivity.weighted_mean(
            'ln_productivity_change', 'weight_in_overall'
        )) }} as ln_productivity_change
    from drawn
    where ranking_kind = 'lens'
    group by edition, draw, gss_code
    having count(*) >= {{ var('overall_minimum_lenses') }}

),

all_changes as (

    select
        edition,
        ranking_id,
        gss_code,
        ln_productivity_change
    from drawn
    union all
    select
        edition,
        'overall' as ranking_id,
        gss_code,
        ln_productivity_change
    from overall

),

final as (

    select
        edition,
        ranking_id,
        gss_code,
        percentile_disc({{ var('band_lower_share') }}) within group (order by ln_productivity_change)
            as ln_productivity_change_p05,
        percentile_disc({{ var('band_upper_share') }}) within group (order by ln_productivity_change)
            as ln_productivity_change_p95
    from all_changes
    group by edition, ranking_id, gss_code

)

select * from final
