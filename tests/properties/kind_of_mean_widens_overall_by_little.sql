-- Rule: the kind of mean alone makes at most 14 places of an overall band, half of what the geometric mean made
-- (method, step 10): the median over councils of where nine tenths of its draws lie, in each edition.
with

drawn as (

    select
        edition,
        gss_code,
        percentile_disc({{ var('band_upper_share') }}) within group (order by productivity_rank)
        - percentile_disc({{ var('band_lower_share') }}) within group (order by productivity_rank) + 1 as width
    from {{ ref('int_draws__ranks') }}
    where
        ranking_id = 'overall'
        and scenario_id = 'only_outcome_mean'
    group by edition, gss_code

),

final as (

    select
        edition,
        {{ council_productivity.percentile('width', 0.5) }} as median_width,
        'the kind of mean alone makes at most 14 places of an overall band' as rule
    from drawn
    group by edition
    having {{ council_productivity.percentile('width', 0.5) }} > 14

)

select * from final
