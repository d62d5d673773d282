with

final as (

    select
        edition,
        ranking_id,
        domain_id,
        gss_code,
        measures_active,
        measures_present,
        domain_score
    from {{ ref('int_rankings__domains_scored') }}

)

select * from final
