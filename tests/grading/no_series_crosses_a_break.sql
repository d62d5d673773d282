-- Rule: a measure has a value only in the editions of its series, and where a series breaks the measure before and the
-- one that continues it in the ranking are never scored in one edition.
with

graded as (

    select * from {{ ref('int_measures__graded') }}

),

outside as (

    select
        graded.ranking_id,
        graded.measure_id,
        graded.edition,
        'a value lies in the editions of its series' as rule
    from graded
    inner join {{ ref('dim_measure') }} as measures
        on measures.measure_id = graded.measure_id
    where
        graded.measure_value is not null
        and (graded.edition < measures.first_edition or graded.edition > measures.last_edition)

),

overlapping as (

    select
        uses.ranking_id,
        uses.measure_id,
        now.edition,
        'a measure and the one that it continues are never scored in one edition' as rule
    from {{ ref('stg_register__ranking_measures') }} as uses
    inner join graded as now
        on
            now.ranking_id = uses.ranking_id
            and now.measure_id = uses.measure_id
    inner join graded as continued
        on
            continued.ranking_id = uses.ranking_id
            and continued.measure_id = uses.continues_measure_id
            and continued.edition = now.edition
    where
        now.score is not null
        and continued.score is not null

)

select distinct * from outside
union all
select distinct * from overlapping
