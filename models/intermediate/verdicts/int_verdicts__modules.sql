-- One row per module, edition and live council with an earlier edition: the outcome score against the first edition
-- with measures, over the measures held in both, and productivity against the first scored edition on the same
-- population.
with

lenses as (

    select * from {{ ref('stg_register__rankings') }}
    where ranking_kind = 'module'

),

editions as (

    select
        status.ranking_id,
        status.edition,
        min(status.edition) over (partition by status.ranking_id) as first_edition
    from {{ ref('int_rankings__edition_status') }} as status
    inner join lenses
        on lenses.ranking_id = status.ranking_id
    where status.has_enough_measures

),

graded as (

    select * from {{ ref('int_measures__graded') }}
    where score is not null

),

shared_measures as (

    select
        now.ranking_id,
        now.edition,
        editions.first_edition as outcome_from_edition,
        now.gss_code,
        count(*) as measures_compared,
        {{ council_productivity.round_score(council_productivity.weighted_mean('earliest.score', 'now.weight')) }}
            as outcome_score_then,
        {{ council_productivity.round_score(council_productivity.weighted_mean('now.score', 'now.weight')) }}
            as outcome_score_now
    from graded as now
    inner join editions
        on
            editions.ranking_id = now.ranking_id
            and editions.edition = now.edition
            and editions.edition <> editions.first_edition
    inner join graded as earliest
        on
            earliest.edition = editions.first_edition
            and earliest.ranking_id = now.ranking_id
            and earliest.measure_id = now.measure_id
            and earliest.gss_code = now.gss_code
    group by now.ranking_id, now.edition, editions.first_edition, now.gss_code
    having count(*) >= {{ var('lens_minimum_measures') }}

),

spend as (

    select
        ranking_id,
        edition,
        gss_code,
        spend_per_head_gbp
    from {{ ref('int_rankings__ranked') }}
    where productivity_rank is not null

),

live as (

    select
        live.*,
        editions.first_edition as outcome_from_edition
    from {{ ref('int_calendar__ranking_councils') }} as live
    inner join editions
        on
            editions.ranking_id = live.ranking_id
            and editions.edition = live.edition
            and editions.edition <> editions.first_edition

),

final as (

    select
        live.ranking_id,
        live.edition,
        live.gss_code,
        live.outcome_from_edition,
        coalesce(shared_measures.measures_compared, 0) as measures_compared,
        shared_measures.outcome_score_then,
        shared_measures.outcome_score_now,
        shared_measures.outcome_score_now - shared_measures.outcome_score_then as outcome_score_change,
        pairs.from_edition as productivity_from_edition,
        changes.price_basis,
        changes.has_same_population_year,
        spend_now.spend_per_head_gbp / spend_then.spend_per_head_gbp as cash_spend_ratio,
        changes.ln_outcome_change,
        changes.ln_spend_change,
        changes.ln_productivity_change,
        100 * (exp(changes.ln_productivity_change) - 1) as productivity_change_pct,
        bands.ln_productivity_change_p05,
        bands.ln_productivity_change_p95,
        case
            when bands.gss_code is not null
                then
                    {{ council_productivity.change_verdict(
                        'bands.ln_productivity_change_p05', 'bands.ln_productivity_change_p95'
                    ) }}
        end as change_verdict,
        case
            when changes.gss_code is not null then null
            when pairs.ranking_id is null then 'no_edition_on_the_same_population'
            when not pairs.is_like_for_like then 'too_few_like_measures'
            else 'not_ranked_in_both_editions'
        end as no_change_reason
    from live
    left join shared_measures
        on
            shared_measures.ranking_id = live.ranking_id
            and shared_measures.edition = live.edition
            and shared_measures.gss_code = live.gss_code
    left join {{ ref('int_change__pairs') }} as pairs
        on
            pairs.ranking_id = live.ranking_id
            and pairs.edition = live.edition
    left join spend as spend_now
        on
            spend_now.ranking_id = live.ranking_id
            and spend_now.edition = live.edition
            and spend_now.gss_code = live.gss_code
    left join spend as spend_then
        on
            spend_then.ranking_id = live.ranking_id
            and spend_then.edition = pairs.from_edition
            and spend_then.gss_code = live.gss_code
    left join {{ ref('int_change__rankings') }} as changes
        on
            changes.ranking_id = live.ranking_id
            and changes.edition = live.edition
            and changes.gss_code = live.gss_code
    left join {{ ref('int_verdicts__banded') }} as bands
        on
            bands.ranking_id = live.ranking_id
            and bands.edition = live.edition
            and bands.gss_code = live.gss_code

)

select * from final
