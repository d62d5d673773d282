with

source as (

    select * from {{ ref('mhclg_affordable_completions') }}

),

reported as (

    select
        printed_code,
        period as edition,
        tenure as sub_period,
        completions as value_raw
    from source

),

authorities as (

    select distinct printed_code from source

),

editions as (

    select distinct period as edition from source

),

none_reported as (

    -- The table prints no row where an authority reported none: a true zero, not a gap.
    select
        authorities.printed_code,
        editions.edition,
        'none reported' as sub_period,
        '0' as value_raw
    from authorities
    cross join editions
    left join reported
        on
            reported.printed_code = authorities.printed_code
            and reported.edition = editions.edition
    where reported.printed_code is null

),

printed as (

    select
        'affordable_completions' as item_id,
        printed_code,
        edition,
        edition as sub_period,
        value_raw
    from reported
    union all
    select
        'affordable_completions' as item_id,
        printed_code,
        edition,
        edition as sub_period,
        value_raw
    from none_reported

),

final as (

    {{ council_productivity.typed_figures('printed', 'mhclg_affordable_completions', 'true') }}

)

select * from final
