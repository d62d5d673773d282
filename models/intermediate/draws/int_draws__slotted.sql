-- One row per edition and active measure of a scored lens: its column among the lens's measures, in order of id.
with

active as (

    select distinct
        graded.edition,
        graded.ranking_id,
        graded.measure_id,
        graded.weight
    from {{ ref('int_measures__graded') }} as graded
    inner join {{ ref('int_rankings__edition_status') }} as status
        on
            status.ranking_id = graded.ranking_id
            and status.edition = graded.edition
    where
        graded.is_active
        and status.is_scored

),

final as (

    select
        edition,
        ranking_id,
        measure_id,
        weight,
        row_number() over (partition by edition, ranking_id order by measure_id) as slot,
        count(*) over (partition by edition, ranking_id) as measures_active
    from active

)

select * from final
