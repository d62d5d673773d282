-- One row per window of three editions and council live through them: outcome, spend and productivity over the three
-- years by the rules of one year, and in how many of them the council stood in the good quadrant.
with

scores as (

    select * from {{ ref('int_adult_social_care__three_year_scores') }}

),

outcomes as (

    select
        edition,
        from_edition,
        gss_code,
        count(*) as measures_active,
        count(mean_score) as measures_present,
        {{ council_productivity.exact_sum('case when mean_score is not null then weight else 0 end') }}
        / {{ council_productivity.exact_sum('weight') }} as weight_present_share,
        {% for domain in ['quality_of_life', 'independence', 'prevention', 'experience'] %}
            {{ council_productivity.round_score(council_productivity.weighted_mean(
                "case when domain_id = '" ~ domain ~ "' then mean_score end", 'weight'
            )) }} as {{ domain }}_score,
        {% endfor %}
        {{ council_productivity.round_score(council_productivity.weighted_mean('mean_score', 'weight')) }}
            as outcome_score
    from scores
    group by edition, from_edition, gss_code

),

spend as (

    select
        windows.edition,
        ranked.gss_code,
        {{ council_productivity.round_score('sum(ranked.spend_gbp)', digits=2) }} as spend_gbp,
        {{ council_productivity.round_score('sum(ranked.need_population)') }} as adult_years,
        count(ranked.spend_gbp) as editions_with_spend,
        count(ranked.need_population) as editions_with_population,
        cast(sum(case when ranked.quadrant = 'better_for_less' then 1 else 0 end) as bigint)
            as editions_better_for_less
    from {{ ref('int_adult_social_care__windows') }} as windows
    inner join {{ ref('int_rankings__ranked') }} as ranked
        on
            ranked.ranking_id = 'adult_social_care'
            and ranked.edition = windows.window_edition
    group by windows.edition, ranked.gss_code

),

england as (

    select
        edition,
        {{ council_productivity.round_score('sum(spend_gbp) / sum(adult_years)') }} as england_spend_per_adult_gbp
    from spend
    where
        editions_with_spend = 3
        and editions_with_population = 3
    group by edition

),

judged as (

    select
        outcomes.*,
        spend.editions_better_for_less,
        spend.spend_gbp,
        spend.adult_years,
        spend.spend_gbp / spend.adult_years as spend_per_adult_gbp,
        england.england_spend_per_adult_gbp,
        spend.spend_gbp / spend.adult_years / england.england_spend_per_adult_gbp as spend_index,
        case
            when not live.is_rankable then 'council_never_ranked'
            when
                {{ council_productivity.round_score('outcomes.weight_present_share') }}
                < {{ council_productivity.round_score(var('lens_minimum_weight_share')) }}
                or outcomes.measures_present < {{ var('lens_minimum_measures') }}
                then 'too_few_measures'
            when spend.editions_with_population < 3 then 'no_population'
            when spend.editions_with_spend < 3 then 'no_spend'
        end as gap_reason
    from outcomes
    inner join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = outcomes.edition
            and live.gss_code = outcomes.gss_code
    inner join spend
        on
            spend.edition = outcomes.edition
            and spend.gss_code = outcomes.gss_code
    inner join england
        on england.edition = outcomes.edition

),

divided as (

    select
        *,
        coalesce(gap_reason, {{ council_productivity.spend_not_comparable('spend_index') }}) as not_ranked_reason
    from judged

),

ranked as (

    select
        edition,
        gss_code,
        outcome_score / spend_index as productivity,
        {{ council_productivity.rank_best_first('outcome_score / spend_index', 'edition') }} as productivity_rank,
        count(*) over (partition by edition) as ranked_councils,
        {{ council_productivity.quadrant('outcome_score', 'spend_index', 'edition') }} as quadrant
    from divided
    where not_ranked_reason is null

),

medians as (

    select
        edition,
        {{ council_productivity.percentile('productivity', 0.5) }} as median_productivity
    from ranked
    group by edition

),

final as (

    select
        divided.edition,
        divided.from_edition,
        divided.gss_code,
        divided.measures_active,
        divided.measures_present,
        case when divided.gap_reason = 'too_few_measures' then null else divided.outcome_score end as outcome_score,
        divided.quality_of_life_score,
        divided.independence_score,
        divided.prevention_score,
        divided.experience_score,
        case when divided.gap_reason in ('no_spend', 'no_population') then null else divided.spend_per_adult_gbp end
            as spend_per_adult_gbp,
        divided.england_spend_per_adult_gbp,
        case when divided.gap_reason in ('no_spend', 'no_population') then null else divided.spend_index end
            as spend_index,
        100 * ranked.productivity / medians.median_productivity as productivity_index,
        ranked.productivity_rank,
        coalesce(max(ranked.ranked_councils) over (partition by divided.edition), 0) as ranked_councils,
        ranked.quadrant,
        divided.editions_better_for_less,
        divided.not_ranked_reason
    from divided
    left join ranked
        on
            ranked.edition = divided.edition
            and ranked.gss_code = divided.gss_code
    left join medians
        on medians.edition = divided.edition

)

select * from final
