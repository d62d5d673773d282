with

standing as (

    select * from {{ ref('fct_ranking') }}

),

summed as (

    select
        edition,
        ranking_id,
        count(*) as councils_live,
        count(spend_gbp) as councils_with_spend,
        count(need_population) as councils_with_need,
        count(spend_with_need_gbp) as councils_with_both,
        count(productivity_rank) as ranked_councils,
        {{ council_productivity.exact_sum('spend_with_need_gbp') }} as spend_gbp,
        {{ council_productivity.exact_sum('need_population_with_spend') }} as need_population
    from standing
    group by edition, ranking_id

),

final as (

    select
        summed.edition,
        summed.ranking_id,
        summed.councils_live,
        summed.councils_with_spend,
        summed.councils_with_need,
        summed.councils_with_both,
        summed.ranked_councils,
        summed.spend_gbp,
        summed.need_population,
        {{ council_productivity.round_score('summed.spend_gbp / nullif(summed.need_population, 0)') }}
            as spend_per_head_gbp,
        once.england_spend_once_gbp as spend_counted_once_gbp
    from summed
    left join {{ ref('int_spend__counted_once') }} as once
        on
            once.edition = summed.edition
            and once.ranking_id = summed.ranking_id

)

select * from final
