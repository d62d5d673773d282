with

register as (

    {{ council_productivity.register_with_own_rows('ranking_measures') }}

),

final as (

    select
        ranking_id,
        measure_id,
        domain_id,
        status,
        status_reason,
        {{ council_productivity.to_number('weight') }} as weight,
        evidence_group,
        first_scored_edition,
        last_scored_edition,
        continues_measure_id,
        caveat
    from register

)

select * from final
