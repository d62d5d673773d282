-- Reconciliation: children, adults to 64 and people of 65 and over are the whole population, to the person; those of
-- 85 and over are between a twentieth and a quarter of those of 65 and over (measured: 9 to 18 %); and from
-- one year held to the next of the same base no council grows or shrinks by more than a tenth (measured November
-- 2026: 5 % at most, the two that are never ranked aside).
with

printed as (

    select
        printed_code,
        cast({{ council_productivity.to_number('year') }} as integer) as estimate_year,
        {{ council_productivity.to_number('pop_0_17') }} as children,
        {{ council_productivity.to_number('pop_18_64') }} as adults,
        {{ council_productivity.to_number('pop_65_plus') }} as older_people,
        {{ council_productivity.to_number('pop_85_plus') }} as aged_85_plus,
        {{ council_productivity.to_number('pop_all') }} as everybody
    from {{ ref('ons_population') }}

),

moved as (

    select
        later.printed_code,
        later.estimate_year,
        later.children / earlier.children as of_children,
        later.adults / earlier.adults as of_adults,
        later.older_people / earlier.older_people as of_older_people
    from printed as later
    inner join printed as earlier
        on
            earlier.printed_code = later.printed_code
            and earlier.estimate_year = later.estimate_year - 1
    where later.printed_code not in ('E09000001', 'E06000053')

),

failing as (

    select
        'ons_population' as seed,
        printed_code,
        estimate_year,
        cast(everybody - children - adults - older_people as {{ dbt.type_string() }}) as found,
        'the ages add up to the whole population' as rule
    from printed
    where
        children + adults + older_people <> everybody
        or (everybody is null) <> (children is null or adults is null or older_people is null)
    union all
    select
        'ons_population' as seed,
        printed_code,
        estimate_year,
        cast(aged_85_plus / older_people as {{ dbt.type_string() }}) as found,
        'between a twentieth and a quarter of those of 65 and over are 85 and over' as rule
    from printed
    where
        aged_85_plus is null
        or aged_85_plus / older_people not between 0.05 and 0.25
    union all
    select
        'ons_population' as seed,
        printed_code,
        estimate_year,
        cast(of_children as {{ dbt.type_string() }}) || ', ' || cast(of_adults as {{ dbt.type_string() }}) || ', '
        || cast(of_older_people as {{ dbt.type_string() }}) as found,
        'no age group of a council moves by more than a tenth in a year' as rule
    from moved
    where
        of_children not between 0.9 and 1.1
        or of_adults not between 0.9 and 1.1
        or of_older_people not between 0.9 and 1.1

)

select * from failing
where {{ council_productivity.not_accepted(['printed_code', 'estimate_year']) }}
