-- Measures of one's own change what a lens spreads; the frozen spreads serve all the same.
{{ config(enabled=var('own_registers', '') == '') }}

-- Rule: every lens has the spreads that the method computes, equal to nine decimals: one of the base editions, and one
-- of its first edition where spend lines or measures begin after them. Where a figure of the base editions came late or
-- was revised the spread stays, and the two may differ by late_figures_tolerance; a new method version sets it anew.
with

beyond as (

    select subject_id
    from {{ ref('int_frozen__compared') }}
    where
        seed = 'lens_spreads'
        and is_beyond

),

compared as (

    select
        coalesce(frozen.ranking_id, recomputed.ranking_id) as ranking_id,
        coalesce(frozen.first_edition, recomputed.first_edition) as first_edition,
        frozen.log_spread,
        recomputed.log_spread as recomputed_log_spread,
        case
            when frozen.ranking_id is null then 'the lens has no spread from this edition on: run make goalposts'
            when recomputed.ranking_id is null then 'a frozen spread is one that the method computes'
            when
                frozen.measured_first_edition <> recomputed.measured_first_edition
                or frozen.measured_last_edition <> recomputed.measured_last_edition
                or frozen.basis <> recomputed.basis
                then 'the spread is of the editions that the method names'
            when beyond.subject_id is not null
                then 'the frozen spread is what the method computes'
        end as rule
    from {{ ref('stg_register__lens_spreads') }} as frozen
    full outer join {{ ref('int_rankings__spreads_recomputed') }} as recomputed
        on
            recomputed.ranking_id = frozen.ranking_id
            and recomputed.first_edition = frozen.first_edition
    left join beyond
        on beyond.subject_id = frozen.ranking_id || ' from ' || frozen.first_edition

)

select
    'lens_spreads' as seed,
    *
from compared
where rule is not null
