-- One row per measure that counts in a ranking, and per lens's spend: how many figures of the base editions stand
-- behind goalposts and spreads, and their sum.
with

spend as (

    select
        ranking_id,
        spend_gbp / need_population as spend_per_head_gbp
    from {{ ref('int_spend__by_ranking') }}
    where
        ranking_kind = 'lens'
        and is_rankable
        and need_population > 0
        and spend_gbp is not null
        and edition between '{{ var("goalpost_first_edition") }}' and '{{ var("goalpost_last_edition") }}'

),

final as (

    select
        'measure' as subject_kind,
        measure_id as subject_id,
        values_pooled as values_held,
        values_total
    from {{ ref('int_measures__goalposts_recomputed') }}
    union all
    select
        'spend' as subject_kind,
        ranking_id as subject_id,
        count(*) as values_held,
        {{ council_productivity.round_score(council_productivity.exact_sum('spend_per_head_gbp')) }} as values_total
    from spend
    group by ranking_id

)

select * from final
