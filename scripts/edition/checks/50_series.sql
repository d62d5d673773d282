-- The publication goes on printing what a measure counts, and the series ends before the edition. It is the same series
-- and goes on, then also in the editions between, or it is another and has a row of its own, or a row of
-- measure_gaps.csv says why it is not used.
with

ended as (

    select
        measure_states.measure_id,
        measure_states.publication_id,
        measure_states.numerator_item_id,
        measure_states.last_edition,
        min(lenses.ranking_order::integer) as ranking_order,
        bool_and(lenses.ranking_kind = 'module') as is_of_modules
    from measure_states
    inner join rankings as lenses using (ranking_id)
    left join measure_gaps as gaps
        on
            gaps.measure_id = measure_states.measure_id
            and gaps.edition = getvariable('edition')
    where
        measure_states.state = 'ended'
        and gaps.measure_id is null
    group by all

),

between_editions as (

    select
        ended.measure_id,
        string_agg(editions.edition, ', ' order by editions.edition) as between_them
    from ended
    inner join editions
        on
            editions.edition > ended.last_edition
            and editions.edition < getvariable('edition')
            and (editions.is_index_edition = 'true' or ended.is_of_modules)
    group by ended.measure_id

)

select
    'measures.csv: last_edition' as place,
    ended.measure_id as subject,
    ended.last_edition || ', ' || counted(held.codes, 'figure') as now,
    getvariable('edition') || coalesce(' (and ' || between_editions.between_them || ')', '')
    || ', a new row, or a gap' as to_do
from ended
inner join held
    on
        held.publication_id = ended.publication_id
        and held.item_id = ended.numerator_item_id
left join measures as others
    on
        others.publication_id = ended.publication_id
        and others.numerator_item_id = ended.numerator_item_id
        and getvariable('edition') between others.first_edition and others.last_edition
left join between_editions
    on between_editions.measure_id = ended.measure_id
where others.measure_id is null
order by ended.ranking_order, ended.measure_id
