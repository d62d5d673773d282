with

final as (

    select
        changes.edition,
        changes.lens_id,
        changes.gss_code,
        councils.council_name,
        changes.from_edition,
        changes.change_rank,
        changes.councils_compared,
        changes.productivity_change_pct
    from {{ ref('fct_change') }} as changes
    inner join {{ ref('dim_council') }} as councils
        on councils.gss_code = changes.gss_code
    where
        changes.change_rank <= 10
        and changes.ln_productivity_change > 0

)

select * from final
