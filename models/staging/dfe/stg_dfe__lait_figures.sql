with

source as (

    select * from {{ ref('dfe_lait') }}

),

cleaned as (

    -- `2018-19 (OT)` marks an outturn; the period itself is `2018-19`.
    select
        item_id,
        printed_code,
        replace(trim(replace(period, '(OT)', '')), '/', '-') as period,
        value_raw
    from source

),

printed as (

    -- A plain year ends the edition it belongs to, whatever its type: financial and snapshot years
    -- end in March, academic years in August, calendar years in December (the register states the lag).
    select
        item_id,
        printed_code,
        case
            when period like '____-__' then period
            else {{ council_productivity.edition_starting_in('cast(left(period, 4) as integer) - 1') }}
        end as edition,
        case
            when period like '____-__' then period
            else {{ council_productivity.edition_starting_in('cast(left(period, 4) as integer) - 1') }}
        end as sub_period,
        value_raw
    from cleaned

),

final as (

    {{ council_productivity.typed_figures('printed', 'dfe_lait', 'false') }}

)

select * from final
