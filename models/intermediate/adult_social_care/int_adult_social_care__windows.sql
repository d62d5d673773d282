-- One row per window of three editions and edition in it: three in a row, all scored, on the same population, so
-- that a three-year figure spans neither a gap nor a census; and as many series run through all three as an edition
-- needs to be scored.
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

measures as (

    select distinct
        edition,
        measure_id
    from {{ ref('int_measures__graded') }}
    where
        ranking_id = 'adult_social_care'
        and is_active

),

series as (

    select
        windows.edition,
        measures.measure_id
    from windows
    inner join measures
        on measures.edition = windows.window_edition
    group by windows.edition, measures.measure_id
    having count(*) = 3

),

with_enough_series as (

    select edition
    from series
    group by edition
    having count(*) >= {{ var('lens_minimum_active_measures') }}

),

final as (

    select
        windows.edition,
        windows.from_edition,
        windows.window_edition,
        windows.window_year
    from windows
    inner join with_enough_series
        on with_enough_series.edition = windows.edition
    where windows.editions_held = 3

)

select * from final
