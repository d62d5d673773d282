with

source as (

    select * from {{ ref('lens_spreads') }}
    where method_version = '{{ var("method_version") }}'

),

typed as (

    select
        ranking_id,
        first_edition,
        measured_first_edition,
        measured_last_edition,
        {{ council_productivity.to_number('log_spread') }} as log_spread,
        basis
    from source

),

common as (

    -- One constant for all councils and editions: it brings the index back to the size of its lenses' spreads.
    select avg(log_spread) as mean_log_spread
    from typed
    where basis = 'base_editions'

),

final as (

    select
        typed.*,
        {{ council_productivity.round_score('common.mean_log_spread / typed.log_spread', digits=12) }} as spread_scale
    from typed
    cross join common

)

select * from final
