with

live as (

    select * from {{ ref('int_rankings__productivity') }}

),

rankable as (

    select
        edition,
        gss_code
    from {{ ref('int_calendar__live_councils') }}
    where is_rankable

),

counted as (

    select
        live.edition,
        live.ranking_id,
        live.ranking_kind,
        max(live.measures_active) as measures_active,
        count(*) as councils,
        count(live.outcome_score) as councils_with_outcome,
        count(live.spend_gbp) as councils_with_spend,
        count(case when live.not_ranked_reason is null then 1 end) as councils_ranked,
        count(case when live.not_ranked_reason is null and live.measures_present < live.measures_active then 1 end)
            as councils_ranked_on_fewer_measures
    from live
    inner join rankable
        on
            rankable.edition = live.edition
            and rankable.gss_code = live.gss_code
    group by live.edition, live.ranking_id, live.ranking_kind

),

measures as (

    select
        edition,
        ranking_id,
        min(coverage_share) as lowest_coverage_share,
        sum(suppressed) as values_suppressed,
        sum(councils - councils_held) as values_missing,
        sum(correlation_warnings) as correlation_warnings,
        sum(councils_with_sampling_error) as scores_with_sampling_error,
        sum(councils_held - ungraded) as scores
    from {{ ref('fct_quality_measure') }}
    where is_active
    group by edition, ranking_id

),

final as (

    select
        counted.edition,
        counted.ranking_id,
        counted.ranking_kind,
        counted.measures_active,
        counted.councils,
        counted.councils_with_outcome,
        counted.councils_with_spend,
        counted.councils_ranked,
        cast(counted.councils_ranked as {{ council_productivity.number_type() }}) / counted.councils as coverage_share,
        counted.councils_ranked_on_fewer_measures,
        measures.lowest_coverage_share,
        cast(coalesce(measures.values_suppressed, 0) as bigint) as values_suppressed,
        cast(coalesce(measures.values_missing, 0) as bigint) as values_missing,
        cast(measures.scores_with_sampling_error as {{ council_productivity.number_type() }})
        / nullif(measures.scores, 0) as sampling_error_share,
        -- Each pair is a warning about both of its measures.
        cast(coalesce(measures.correlation_warnings, 0) / 2 as bigint) as correlation_warnings
    from counted
    left join measures
        on
            measures.edition = counted.edition
            and measures.ranking_id = counted.ranking_id

)

select * from final
