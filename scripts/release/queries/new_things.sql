-- What this release holds that the last did not, and the other way round: rankings, measures and choices of the method.
with

rankings as (

    select
        'Ranking' as what,
        coalesce(rankings_now.ranking_name, ranking_id) || ', ' || edition as which,
        old.edition is null as is_new,
        new.edition is null as is_gone
    from (select distinct
        edition,
        ranking_id
    from before.intermediate.int_rankings__published) as old
    full join (select distinct
        edition,
        ranking_id
    from after.intermediate.int_rankings__published) as new using (edition, ranking_id)
    left join after.marts.dim_ranking as rankings_now using (ranking_id)

),

measures as (

    select
        'Measure' as what,
        measure_id || ' in ' || ranking_id || ', ' || coalesce(new.measure_name, old.measure_name) as which,
        old.measure_id is null as is_new,
        new.measure_id is null as is_gone
    from (select distinct
        ranking_id,
        measure_id,
        measure_name
    from before.seeds.ranking_measures
    inner join before.seeds.measures using (measure_id)
    where status = 'active') as old
    full join (select
        ranking_id,
        measure_id,
        measure_name
    from after.seeds.ranking_measures
    inner join after.seeds.measures using (measure_id)
    where status = 'active') as new
        using (ranking_id, measure_id)

),

publications as (

    select
        'Newest edition' as what,
        publication_id || ', ' || edition as which,
        old.edition is null as is_new,
        new.edition is null as is_gone
    from (
        select
            publication_id,
            max(edition) as edition
        from before.intermediate.int_figures__by_council
        where figure_value is not null
        group by publication_id
    ) as old
    full join (
        select
            publication_id,
            max(edition) as edition
        from after.intermediate.int_figures__by_council
        where figure_value is not null
        group by publication_id
    ) as new using (publication_id, edition)

),

choices as (

    select
        'Choice' as what,
        subject || ', ' || column_name || ': ' || coalesce(old.found, 'none') || ' -> ' || coalesce(new.found, 'none')
            as which,
        new.found is not null as is_new,
        new.found is null as is_gone
    from choices_before as old
    full join choices_after as new using (subject, part_of, column_name)
    where old.found is distinct from new.found

),

together as (

    select * from rankings
    union all
    select * from measures
    union all
    select * from publications
    union all
    select * from choices

)

select
    what as "What",
    which as "Which",
    case when is_new then 'new' else 'gone' end as "Change"
from together
where is_new or is_gone
order by what, which, is_gone
