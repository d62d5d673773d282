with

final as (

    select
        edition,
        lens_id,
        measures_active,
        is_scored,
        not_scored_reason,
        spend_basis
    from {{ ref('int_lenses__edition_status') }}

)

select * from final
