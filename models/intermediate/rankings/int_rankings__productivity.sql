-- One row per lens or module, edition and live council: outcome score over spend index (method, step 8), against the
-- median of the ranked councils, or the one reason why the council is not ranked in the lens.
with

outcome as (

    select * from {{ ref('int_rankings__outcome_scored') }}

),

spend as (

    select * from {{ ref('int_spend__indexed') }}

),

status as (

    select * from {{ ref('int_rankings__edition_status') }}

),

judged as (

    select
        spend.ranking_id,
        spend.ranking_kind,
        spend.edition,
        spend.gss_code,
        coalesce(outcome.measures_active, 0) as measures_active,
        coalesce(outcome.measures_present, 0) as measures_present,
        outcome.weight_present_share,
        case when outcome.is_covered and status.has_enough_measures then outcome.outcome_score end as outcome_score,
        case when outcome.is_covered and status.has_enough_measures then outcome.outcome_score_best_case end
            as outcome_score_best_case,
        case when outcome.is_covered and status.has_enough_measures then outcome.outcome_score_worst_case end
            as outcome_score_worst_case,
        spend.spend_basis,
        spend.spend_gbp,
        spend.need_population,
        spend.spend_per_head_gbp,
        spend.spend_per_head_real_gbp,
        spend.england_spend_per_head_gbp,
        spend.spend_index,
        case
            when not status.is_scored then 'lens_not_scored'
            when not spend.is_rankable then 'council_never_ranked'
            when not coalesce(outcome.is_covered, false) then 'too_few_measures'
            else spend.spend_not_comparable_reason
        end as not_ranked_reason
    from spend
    inner join status
        on
            status.ranking_id = spend.ranking_id
            and status.edition = spend.edition
    left join outcome
        on
            outcome.ranking_id = spend.ranking_id
            and outcome.edition = spend.edition
            and outcome.gss_code = spend.gss_code

),

divided as (

    select
        *,
        case when not_ranked_reason is null then outcome_score / spend_index end as productivity
    from judged

),

medians as (

    select
        ranking_id,
        edition,
        {{ council_productivity.percentile('productivity', 0.5) }} as median_productivity,
        count(productivity) as ranked_councils
    from divided
    where productivity is not null
    group by ranking_id, edition

),

final as (

    select
        divided.*,
        medians.median_productivity,
        divided.productivity / medians.median_productivity as productivity_to_median,
        coalesce(medians.ranked_councils, 0) as ranked_councils
    from divided
    left join medians
        on
            medians.ranking_id = divided.ranking_id
            and medians.edition = divided.edition

)

select * from final
