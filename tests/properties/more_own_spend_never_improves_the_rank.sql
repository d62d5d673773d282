-- Property (own spend): a council that spends a tenth more for the same outcomes, inside the comparable range, never
-- stands better; England moves with it. Every ranked council of every lens and edition is tried.
with

lens_spend as (

    select
        edition,
        ranking_id,
        gss_code,
        productivity_rank,
        outcome_score,
        spend_gbp,
        need_population,
        sum(case when need_population is not null then spend_gbp end) over (partition by edition, ranking_id)
            as england_spend_gbp,
        sum(case when spend_gbp is not null then need_population end) over (partition by edition, ranking_id)
            as england_need
    from {{ ref('int_rankings__ranked') }}

),

tried as (

    select
        mine.edition,
        mine.ranking_id,
        mine.gss_code,
        mine.productivity_rank,
        1 + sum(
            case
                when
                    {{ council_productivity.round_score(
                        'other.outcome_score / (other.spend_gbp / other.need_population'
                        ~ ' / ((mine.england_spend_gbp + mine.spend_gbp * 0.1) / mine.england_need))'
                    ) }}
                    > {{ council_productivity.round_score(
                        'mine.outcome_score / (mine.spend_gbp * 1.1 / mine.need_population'
                        ~ ' / ((mine.england_spend_gbp + mine.spend_gbp * 0.1) / mine.england_need))'
                    ) }}
                    then 1
                else 0
            end
        ) as rank_with_more_spend
    from lens_spend as mine
    inner join lens_spend as other
        on
            other.edition = mine.edition
            and other.ranking_id = mine.ranking_id
            and other.gss_code <> mine.gss_code
    where
        mine.productivity_rank is not null
        and other.productivity_rank is not null
    group by mine.edition, mine.ranking_id, mine.gss_code, mine.productivity_rank

)

select *
from tried
where rank_with_more_spend < productivity_rank
