with

final as (

    select
        status.edition,
        status.lens_id,
        status.measures_active,
        status.is_scored,
        status.not_scored_reason,
        status.spend_basis
    from {{ ref('int_lenses__edition_status') }} as status
    inner join {{ ref('dim_lens') }} as lenses
        on lenses.lens_id = status.lens_id

)

select * from final
