-- One row per lens, edition, council ranked in it, edition that is pooled with it, and measure that the council holds
-- in all of those editions: its score there.
with

scores as (

    select
        pooled.ranking_id,
        pooled.edition,
        pooled.gss_code,
        pooled.pooled_edition,
        pooled.editions_pooled,
        graded.measure_id,
        graded.weight,
        graded.score,
        count(*) over (
            partition by pooled.ranking_id, pooled.edition, pooled.gss_code, graded.measure_id
        ) as editions_held
    from {{ ref('int_companion__editions_pooled') }} as pooled
    inner join {{ ref('int_measures__graded') }} as graded
        on
            graded.ranking_id = pooled.ranking_id
            and graded.edition = pooled.pooled_edition
            and graded.gss_code = pooled.gss_code
    where
        graded.is_active
        and graded.score is not null

),

final as (

    select
        ranking_id,
        edition,
        gss_code,
        pooled_edition,
        measure_id,
        weight,
        score
    from scores
    where editions_held = editions_pooled

)

select * from final
