-- One row per series, edition and rankable council: every figure that a release rests on, in one shape. Run once on
-- each database, which is then the default one.
--   measure     active measures, as graded
--   spend       spend per head of a lens or module
--   spend_line  lines of the budget and outturn returns, per person
--   population  people, dwellings and households that figures are divided by
--   figure      every other printed figure, averaged over its months or quarters
--   outcome, productivity   what a lens or module makes of them for each council
with

rankable as (

    select
        edition,
        gss_code
    from intermediate.int_calendar__live_councils
    where is_rankable

),

measures as (

    -- A value that several rankings score is one.
    select distinct
        'measure' as kind,
        graded.measure_id as series_id,
        graded.edition,
        graded.gss_code,
        graded.measure_value as value
    from intermediate.int_measures__graded as graded
    inner join rankable using (edition, gss_code)
    where
        graded.is_active
        and graded.measure_value is not null

),

spend as (

    select
        'spend' as kind,
        ranking_id as series_id,
        edition,
        gss_code,
        spend_gbp / need_population as value
    from intermediate.int_spend__by_ranking
    where
        is_rankable
        and need_population > 0
        and spend_gbp is not null

),

printed as (

    select
        publication_id,
        item_id,
        edition,
        gss_code,
        avg(figure_value) as value
    from intermediate.int_figures__by_council
    where figure_value is not null
    group by publication_id, item_id, edition, gss_code

),

people as (

    select
        edition,
        gss_code,
        value
    from printed
    where publication_id = 'ons_population' and item_id = 'pop_all'

),

denominators as (

    select
        need_publication_id as publication_id,
        need_item_id as item_id
    from seeds.rankings
    union
    select
        'ons_population',
        item_id
    from printed
    where publication_id = 'ons_population' and item_id <> 'area_sq_km'
    union
    select
        'mhclg_homelessness',
        'hh_in_area_000s'

),

figures as (

    select
        case
            -- an area moves with borders, as people do
            when denominators.item_id is not null or printed.item_id = 'area_sq_km' then 'population'
            when starts_with(printed.publication_id, 'mhclg_revenue_') then 'spend_line'
            else 'figure'
        end as kind,
        printed.publication_id || ': ' || printed.item_id as series_id,
        printed.edition,
        printed.gss_code,
        case
            when starts_with(printed.publication_id, 'mhclg_revenue_') then printed.value / people.value
            else printed.value
        end as value
    from printed
    inner join rankable using (edition, gss_code)
    left join denominators using (publication_id, item_id)
    left join people using (edition, gss_code)
    -- The figure behind a measure as printed is the measure.
    where not exists (
        select 1
        from seeds.measures as registered
        inner join seeds.ranking_measures as uses using (measure_id)
        where
            uses.status = 'active'
            and registered.calculation = 'as_printed'
            and registered.publication_id = printed.publication_id
            and registered.numerator_item_id = printed.item_id
            and printed.edition between uses.first_scored_edition and registered.last_edition
    )

)

select * from measures
union all
select * from spend
union all
select
    'outcome',
    ranking_id,
    edition,
    gss_code,
    outcome_score
from intermediate.int_rankings__productivity
where not_ranked_reason is null
union all
select
    'productivity',
    ranking_id,
    edition,
    gss_code,
    productivity
from intermediate.int_rankings__productivity
where not_ranked_reason is null
union all
select * from figures
where value is not null
