-- One row per lens, edition and live council: the companion's outcome over spend, several years pooled and need and
-- place taken out, against the median of the councils that have one, or the one reason why there is none.
with

judged as (

    select
        headline.ranking_id,
        headline.edition,
        headline.gss_code,
        spend.editions_pooled,
        outcome.measures_pooled,
        outcome.ln_outcome,
        spend.ln_spend,
        spend.ln_spend_need_and_place,
        case
            when headline.not_ranked_reason is not null then 'not_ranked_in_headline'
            when spend.editions_pooled < 2 then 'too_few_like_editions'
            when
                coalesce(outcome.measures_pooled, 0) < {{ var('lens_minimum_measures') }}
                or {{ council_productivity.round_score('outcome.weight_pooled_share') }}
                < {{ council_productivity.round_score(var('lens_minimum_weight_share')) }}
                then 'too_few_like_measures'
            when spend.ln_spend_need_and_place is null then 'no_regressor'
        end as no_companion_reason
    from {{ ref('int_rankings__productivity') }} as headline
    left join {{ ref('int_companion__spend_pooled') }} as spend
        on
            spend.ranking_id = headline.ranking_id
            and spend.edition = headline.edition
            and spend.gss_code = headline.gss_code
    left join {{ ref('int_companion__outcome_pooled') }} as outcome
        on
            outcome.ranking_id = headline.ranking_id
            and outcome.edition = headline.edition
            and outcome.gss_code = headline.gss_code
    where headline.ranking_kind = 'lens'

),

divided as (

    select
        *,
        case when no_companion_reason is null then ln_outcome - ln_spend_need_and_place end as ln_productivity
    from judged

),

medians as (

    select
        ranking_id,
        edition,
        {{ council_productivity.percentile('exp(ln_productivity)', 0.5) }} as median_productivity
    from divided
    where no_companion_reason is null
    group by ranking_id, edition

),

final as (

    select
        divided.*,
        {{ council_productivity.round_score(
            'divided.ln_productivity - ln(medians.median_productivity)', digits=12
        ) }} as ln_productivity_to_median
    from divided
    left join medians
        on
            medians.ranking_id = divided.ranking_id
            and medians.edition = divided.edition

)

select * from final
