with

uses as (

    select * from {{ ref('stg_register__ranking_measures') }}

),

final as (

    select
        uses.ranking_id,
        uses.measure_id,
        uses.domain_id,
        domains.domain_name,
        domains.domain_order,
        uses.status,
        uses.status_reason,
        uses.weight,
        uses.evidence_group,
        uses.first_scored_edition,
        coalesce(uses.last_scored_edition, measures.last_edition) as last_edition,
        uses.continues_measure_id,
        uses.caveat
    from uses
    inner join {{ ref('stg_register__measures') }} as measures
        on measures.measure_id = uses.measure_id
    left join {{ ref('stg_register__domains') }} as domains
        on
            domains.ranking_id = uses.ranking_id
            and domains.domain_id = uses.domain_id

)

select * from final
