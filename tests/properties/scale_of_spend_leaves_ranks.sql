-- Property (scale): every council's spend times 3.7 leaves every rank, recomputed from the pounds.
with

scaled as (

    select
        edition,
        ranking_id,
        gss_code,
        productivity_rank,
        not_ranked_reason,
        outcome_score,
        spend_gbp * 3.7 / nullif(need_population, 0)
        / (
            sum(case when need_population is not null then spend_gbp * 3.7 end) over (partition by edition, ranking_id)
            / sum(case when spend_gbp is not null then need_population end) over (partition by edition, ranking_id)
        ) as spend_index
    from {{ ref('int_rankings__ranked') }}

),

ranked as (

    select
        *,
        {{ council_productivity.rank_best_first('outcome_score / spend_index', 'edition, ranking_id') }} as rank_again
    from scaled
    where not_ranked_reason is null

)

select
    edition,
    ranking_id,
    gss_code,
    productivity_rank,
    rank_again
from ranked
where productivity_rank <> rank_again
