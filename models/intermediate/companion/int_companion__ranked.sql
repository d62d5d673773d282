-- One row per lens or `overall`, edition and live council: the companion's index and rank, or why there is none.
with

every_council as (

    select
        edition,
        gss_code,
        ranking_id,
        editions_pooled,
        measures_pooled,
        cast(null as bigint) as companion_lenses,
        ln_outcome,
        ln_spend,
        ln_spend_need_and_place,
        exp(ln_productivity_to_median) as productivity,
        no_companion_reason
    from {{ ref('int_companion__productivity') }}
    union all
    select
        edition,
        gss_code,
        'overall' as ranking_id,
        cast(null as bigint) as editions_pooled,
        cast(null as bigint) as measures_pooled,
        companion_lenses,
        cast(null as {{ council_productivity.number_type() }}) as ln_outcome,
        cast(null as {{ council_productivity.number_type() }}) as ln_spend,
        cast(null as {{ council_productivity.number_type() }}) as ln_spend_need_and_place,
        exp(ln_productivity) as productivity,
        no_companion_reason
    from {{ ref('int_companion__overall_productivity') }}

),

ranked as (

    select
        edition,
        gss_code,
        ranking_id,
        {{ council_productivity.rank_best_first('productivity', 'ranking_id, edition') }} as companion_rank,
        count(*) over (partition by ranking_id, edition) as companion_ranked_councils
    from every_council
    where no_companion_reason is null

),

final as (

    select
        every_council.edition,
        every_council.gss_code,
        every_council.ranking_id,
        every_council.editions_pooled,
        every_council.measures_pooled,
        every_council.companion_lenses,
        every_council.ln_outcome,
        every_council.ln_spend,
        every_council.ln_spend_need_and_place,
        every_council.productivity * 100 as companion_index,
        ranked.companion_rank,
        coalesce(
            max(ranked.companion_ranked_councils) over (
                partition by every_council.ranking_id, every_council.edition
            ), 0
        ) as companion_ranked_councils,
        every_council.no_companion_reason
    from every_council
    left join ranked
        on
            ranked.edition = every_council.edition
            and ranked.gss_code = every_council.gss_code
            and ranked.ranking_id = every_council.ranking_id

)

select * from final
