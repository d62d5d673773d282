-- One row per edition and upper-tier council that was live through it.
with

councils as (

    select * from {{ ref('stg_register__councils') }}

),

editions as (

    select * from {{ ref('stg_register__editions') }}

),

final as (

    select
        editions.edition,
        councils.gss_code,
        editions.is_index_edition,
        councils.never_ranked_reason is null as is_rankable
    from editions
    inner join councils
        on
            coalesce(councils.start_date, editions.start_date) <= editions.start_date
            and coalesce(councils.end_date, editions.end_date) >= editions.end_date

)

select * from final
