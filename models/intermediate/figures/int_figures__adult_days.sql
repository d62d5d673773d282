-- One row per council and month with delayed transfers: adults times the days of the month, so that a
-- rate per adult and day is a sum over a sum like every other ratio.
with

months as (

    select distinct
        edition,
        sub_period,
        gss_code
    from {{ ref('int_figures__by_council') }}
    where publication_id = 'nhs_delayed_transfers'

),

adults as (

    select *
    from {{ ref('int_figures__by_council') }}
    where
        publication_id = 'ons_population'
        and item_id = 'pop_18_plus'

),

final as (

    select
        'nhs_delayed_transfers' as publication_id,
        'adult_days' as item_id,
        months.edition,
        months.sub_period,
        months.gss_code,
        adults.figure_value
        * extract(day from {{ dbt.last_day("cast(months.sub_period || '-01' as date)", 'month') }}) as figure_value,
        case when adults.figure_value is null then 'no_population' end as missing_reason,
        cast(1 as bigint) as parts
    from months
    left join adults
        on
            adults.edition = months.edition
            and adults.gss_code = months.gss_code

)

select * from final
