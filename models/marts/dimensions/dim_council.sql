with

councils as (

    select * from {{ ref('stg_register__councils') }}

),

continued as (

    select
        gss_code,
        successor_gss_code
    from {{ ref('int_figures__successions') }}
    where not_continued_reason is null

),

final as (

    select
        councils.gss_code,
        councils.council_name,
        councils.council_type,
        case councils.council_type
            when 'UA' then 'Unitary authority'
            when 'MD' then 'Metropolitan district'
            when 'LBO' then 'London borough'
            when 'CC' then 'City of London'
            when 'CTY' then 'County'
        end as council_type_name,
        councils.region_code,
        councils.region,
        councils.start_date,
        councils.end_date,
        councils.successor_gss_codes,
        case
            when councils.end_date is null then councils.gss_code else continued.successor_gss_code
        end as continuity_gss_code,
        councils.never_ranked_reason is null as is_rankable,
        councils.never_ranked_reason,
        councils.lgf_ecode,
        councils.dfe_la_number
    from councils
    left join continued
        on continued.gss_code = councils.gss_code

)

select * from final
