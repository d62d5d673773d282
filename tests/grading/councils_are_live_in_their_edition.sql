-- Rule: every row belongs to a council that was live in the edition, and each edition has the number of councils
-- that the register expects.
with

rows_found as (

    select distinct
        edition,
        gss_code
    from {{ ref('int_measures__graded') }}
    union
    select distinct
        edition,
        gss_code
    from {{ ref('int_rankings__ranked') }}

),

not_live as (

    select
        rows_found.edition,
        rows_found.gss_code,
        'the council was live through the edition' as rule
    from rows_found
    left join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = rows_found.edition
            and live.gss_code = rows_found.gss_code
    where live.gss_code is null

),

counted as (

    select
        edition,
        count(*) as councils
    from {{ ref('int_calendar__live_councils') }}
    group by edition

),

unexpected as (

    select
        editions.edition,
        cast(counted.councils as {{ dbt.type_string() }}) as gss_code,
        'the edition has the number of councils the register expects' as rule
    from {{ ref('stg_register__editions') }} as editions
    left join counted
        on counted.edition = editions.edition
    where
        counted.councils is null
        or counted.councils <> editions.expected_councils

)

select * from not_live
union all
select * from unexpected
