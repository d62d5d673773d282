with

final as (

    select
        gss_code,
        successor_gss_code,
        people_before,
        people_after,
        not_continued_reason is null as is_continued,
        not_continued_reason
    from {{ ref('int_figures__successions') }}

)

select * from final
