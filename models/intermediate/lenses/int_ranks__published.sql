-- One row per edition, lens, module or `overall`, and ranked council.
with

final as (

    select
        edition,
        lens_id,
        lens_kind,
        gss_code,
        productivity_index,
        productivity_rank,
        ranked_councils,
        productivity_quartile,
        productivity_decile
    from {{ ref('int_lenses__ranked') }}
    where productivity_rank is not null
    union all
    select
        edition,
        'overall' as lens_id,
        'overall' as lens_kind,
        gss_code,
        productivity_index,
        productivity_rank,
        ranked_councils,
        productivity_quartile,
        productivity_decile
    from {{ ref('int_councils__ranked') }}
    where productivity_rank is not null

)

select * from final
