with

councils as (

    select * from {{ ref('stg_register__councils') }}

),

final as (

    select
        gss_code,
        council_name,
        council_type,
        case council_type
            when 'UA' then 'Unitary authority'
            when 'MD' then 'Metropolitan district'
            when 'LBO' then 'London borough'
            when 'CC' then 'City of London'
            when 'CTY' then 'County'
        end as council_type_name,
        region_code,
        region,
        start_date,
        end_date,
        successor_gss_codes,
        never_ranked_reason is null as is_rankable,
        never_ranked_reason,
        lgf_ecode,
        dfe_la_number
    from councils

)

select * from final
