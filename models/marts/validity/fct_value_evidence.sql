with

observed as (

    select * from {{ ref('int_validity__outcome_and_spend') }}

),

correlated as (

    select
        ranking_id,
        measure_id,
        view_id,
        count(distinct edition) as editions,
        count(distinct gss_code) as councils,
        count(*) as pairs,
        {{ council_productivity.correlation('outcome_rank', 'spend_rank') }} as correlation
    from observed
    group by ranking_id, measure_id, view_id

),

bounded as (

    select
        *,
        {{ council_productivity.correlation_bound('correlation', 'councils', -1) }} as correlation_lower,
        {{ council_productivity.correlation_bound('correlation', 'councils', 1) }} as correlation_upper
    from correlated

),

final as (

    select
        ranking_id,
        measure_id,
        view_id,
        editions,
        councils,
        pairs,
        correlation,
        correlation_lower,
        correlation_upper,
        case
            when correlation_upper < 0 then 'better_for_less'
            when correlation_lower > 0 then 'better_for_more'
            when correlation_lower <= 0 then 'no_clear_sign'
        end as finding
    from bounded

)

select * from final
