with

register as (

    select * from {{ ref('councils') }}

),

final as (

    select
        gss_code,
        council_name,
        council_type,
        region_code,
        region,
        cast(start_date as date) as start_date,
        cast(end_date as date) as end_date,
        successor_gss_codes,
        never_ranked_reason,
        lgf_ecode,
        dfe_la_number
    from register

)

select * from final
