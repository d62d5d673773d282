-- One row per window of three editions and edition in it: three in a row, all scored, on the same population, so
-- that a three-year figure spans neither a gap nor a census.
with

editions as (

    select
        status.edition,
        cast(left(status.edition, 4) as integer) as start_year,
        register.population_base
    from {{ ref('int_rankings__edition_status') }} as status
    inner join {{ ref('stg_register__editions') }} as register
        on register.edition = status.edition
    where
        status.ranking_id = 'adult_social_care'
        and status.is_scored

),

windows as (

    select
        last_editions.edition,
        editions.edition as window_edition,
        editions.start_year - last_editions.start_year + 3 as window_year,
        min(editions.edition) over (partition by last_editions.edition) as from_edition,
        count(*) over (partition by last_editions.edition) as editions_held
    from editions as last_editions
    inner join editions
        on
            editions.start_year between last_editions.start_year - 2 and last_editions.start_year
            and editions.population_base = last_editions.population_base

),

final as (

    select
        edition,
        from_edition,
        window_edition,
        window_year
    from windows
    where editions_held = 3

)

select * from final
