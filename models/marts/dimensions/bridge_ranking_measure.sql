with

measures as (

    select * from {{ ref('stg_register__measures') }}
    where status = 'active'

),

final as (

    select
        measures.ranking_id,
        measures.measure_id,
        measures.domain_id,
        domains.domain_name,
        domains.domain_order,
        measures.weight,
        measures.first_scored_edition,
        measures.last_edition,
        measures.caveat
    from measures
    left join {{ ref('stg_register__domains') }} as domains
        on
            domains.ranking_id = measures.ranking_id
            and domains.domain_id = measures.domain_id

)

select * from final
