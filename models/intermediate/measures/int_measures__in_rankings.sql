-- One row per ranking, measure that counts in it, edition in which the ranking is computed and council live through it.
with

uses as (

    select * from {{ ref('stg_register__ranking_measures') }}
    where status = 'active'

),

final as (

    select
        uses.ranking_id,
        uses.measure_id,
        uses.domain_id,
        uses.weight,
        uses.evidence_group,
        uses.first_scored_edition,
        uses.last_scored_edition,
        live.edition,
        live.gss_code
    from uses
    inner join {{ ref('int_calendar__ranking_councils') }} as live
        on live.ranking_id = uses.ranking_id

)

select * from final
