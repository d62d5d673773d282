-- Items that the edition needs figures of, one row per item and what needs it.
with

counted as (

    select distinct
        measure_id,
        publication_id,
        numerator_item_id,
        calculation,
        denominator_publication_id,
        denominator_item_id,
        minimum_periods,
        error_publication_id,
        error_item_id
    from measure_states
    where state = 'counts'

),

needed as (

    select
        publication_id,
        numerator_item_id as item_id,
        'measure' as needed_by,
        measure_id as needed_for,
        minimum_periods
    from counted
    union
    select
        denominator_publication_id as publication_id,
        denominator_item_id as item_id,
        'measure' as needed_by,
        measure_id as needed_for,
        case when denominator_publication_id = publication_id then minimum_periods else 1 end
            as minimum_periods
    from counted
    where calculation = 'ratio'
    union all
    -- a count that is missing is taken from an edition before, a margin from another publication from none
    select
        error_publication_id as publication_id,
        error_item_id as item_id,
        'margin' as needed_by,
        measure_id as needed_for,
        1 as minimum_periods
    from counted
    where error_publication_id = 'nhs_ascof_margins'
    union all
    select
        need_publication_id as publication_id,
        need_item_id as item_id,
        'need' as needed_by,
        ranking_id as needed_for,
        1 as minimum_periods
    from rankings
    inner join asked
        on asked.edition >= rankings.first_edition
    where rankings.ranking_kind <> 'overall'
    union all
    select
        publication_id,
        item_id,
        'spend' as needed_by,
        ranking_id as needed_for,
        1 as minimum_periods
    from spend_states
    where counts or is_open

)

select
    needed.publication_id,
    needed.item_id,
    needed.needed_by,
    needed.needed_for,
    -- the year is held whole, although a council may leave a quarter out
    case when needed.publication_id = 'mhclg_homelessness' then 4 else needed.minimum_periods end as minimum_periods,
    coalesce(held.codes, 0) as codes,
    coalesce(held.periods, 0) as periods
from needed
cross join asked
left join held using (publication_id, item_id)
-- without a population year nobody can say which population is needed
where asked.population_year is not null or needed.publication_id <> 'ons_population'
