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
    from {{ ref('fct_lens_productivity') }}
    where productivity_rank is not null
    union all
    select
        edition,
        'overall' as lens_id,
        gss_code,
        productivity_index,
        productivity_rank,
        ranked_councils,
        productivity_quartile,
        productivity_decile
    from {{ ref('fct_council_productivity') }}
    where productivity_rank is not null

)

select * from final
