-- The edition asked for, one row, with what the register says of it, if it is there.
with

wanted as (

    select
        getvariable('edition') as edition,
        left(getvariable('edition'), 4)::integer as start_year

)

select
    wanted.edition,
    make_date(wanted.start_year, 4, 1) as start_date,
    make_date(wanted.start_year + 1, 3, 31) as end_date,
    register.edition is not null as is_registered,
    register.population_year,
    register.population_base,
    register.population_basis,
    coalesce(register.is_index_edition = 'true', false) as is_index_edition,
    register.not_index_reason,
    register.change_from_edition,
    register.no_change_reason,
    register.expected_councils::integer as expected_councils,
    register.minimum_lenses_scored::integer as minimum_lenses_scored,
    register.minimum_ranked_councils::integer as minimum_ranked_councils
from wanted
left join editions as register using (edition)
