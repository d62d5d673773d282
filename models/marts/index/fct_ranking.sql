with

final as (

    select
        edition,
        lens_id,
        gss_code,
        productivity_index,
        productivity_rank,
        ranked_councils,
        productivity_quartile,
        productivity_decile
    from {{ ref('int_ranks__published') }}
    where lens_kind <> 'module'

)

select * from final
