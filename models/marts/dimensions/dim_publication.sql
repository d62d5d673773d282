with

in_part as (

    -- One year at most is not over, or not published yet.
    select
        publication_id,
        max(held_in_part) as held_in_part
    from {{ ref('int_figures__years_in_part') }}
    group by publication_id

),

final as (

    select
        publications.publication_id,
        publications.publication_name,
        publications.publisher,
        publications.licence,
        publications.url,
        publications.frequency,
        publications.years_held,
        publications.geography_codes,
        publications.notes,
        in_part.held_in_part
    from {{ ref('stg_register__publications') }} as publications
    left join in_part
        on in_part.publication_id = publications.publication_id

)

select * from final
