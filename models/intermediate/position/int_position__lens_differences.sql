-- One row per edition, lens, pair ranked in it (a council and what it is compared with, in the lens or overall) and
-- component: the parts of ln P of the one less ln P of the other (method, step 12). They add up. Spend per head is one
-- term between councils, two where both hold activity; cash, people and prices are told apart only within one council.
with

references_needed as (

    -- A pair compared overall needs its lenses, too.
    select distinct
        pairs.edition,
        productivity.ranking_id,
        pairs.gss_code,
        pairs.reference_edition,
        pairs.reference_gss_code
    from {{ ref('int_position__references') }} as pairs
    inner join {{ ref('int_rankings__productivity') }} as productivity
        on
            productivity.edition = pairs.edition
            and productivity.gss_code = pairs.gss_code
            and (productivity.ranking_id = pairs.ranking_id or pairs.ranking_id = 'overall')
    where
        productivity.not_ranked_reason is null
        and productivity.ranking_kind = 'lens'

),

productivity as (

    select
        spend.edition,
        spend.ranking_id,
        spend.gss_code,
        lenses.outcome_score,
        ln(spend.spend_index) as ln_spend_index,
        activity.ln_activity_per_child,
        activity.ln_spend_per_activity,
        ln(spend.spend_gbp) as ln_cash,
        ln(spend.need_population) as ln_population,
        ln(spend.price_index) as ln_prices,
        ln(spend.england_spend_per_head_gbp) as ln_england
    from {{ ref('int_spend__indexed') }} as spend
    inner join {{ ref('int_rankings__productivity') }} as lenses
        on
            lenses.edition = spend.edition
            and lenses.ranking_id = spend.ranking_id
            and lenses.gss_code = spend.gss_code
    left join {{ ref('int_spend__activity') }} as activity
        on
            activity.edition = spend.edition
            and activity.ranking_id = spend.ranking_id
            and activity.gss_code = spend.gss_code
    where lenses.not_ranked_reason is null
    union all
    -- England spends and does per child what England does: every index is 1.
    select
        edition,
        ranking_id,
        'E92000001' as gss_code,
        {{ council_productivity.exact_sum('outcome_part') }} as outcome_score,
        0 as ln_spend_index,
        0 as ln_activity_per_child,
        0 as ln_spend_per_activity,
        null as ln_cash,
        null as ln_population,
        null as ln_prices,
        null as ln_england
    from {{ ref('int_position__england_measures') }}
    group by edition, ranking_id

),

parts as (

    select
        edition,
        ranking_id,
        gss_code,
        measure_id,
        outcome_part
    from {{ ref('int_position__measure_parts') }}
    union all
    select
        edition,
        ranking_id,
        'E92000001' as gss_code,
        measure_id,
        outcome_part
    from {{ ref('int_position__england_measures') }}

),

pairs as (

    select
        needed.edition,
        needed.ranking_id,
        needed.gss_code,
        needed.reference_edition,
        needed.reference_gss_code,
        {{ council_productivity.logarithmic_mean('mine.outcome_score', 'theirs.outcome_score') }} as outcome_mean,
        needed.edition <> needed.reference_edition as is_over_time,
        mine.ln_activity_per_child - theirs.ln_activity_per_child is not null
        and mine.ln_spend_per_activity - theirs.ln_spend_per_activity is not null as has_activity,
        mine.ln_spend_index - theirs.ln_spend_index as ln_spend_per_head,
        mine.ln_activity_per_child - theirs.ln_activity_per_child as ln_activity_per_child,
        mine.ln_spend_per_activity - theirs.ln_spend_per_activity as ln_spend_per_activity,
        mine.ln_cash - theirs.ln_cash as ln_cash,
        mine.ln_population - theirs.ln_population as ln_population,
        mine.ln_prices - theirs.ln_prices as ln_prices,
        mine.ln_england - theirs.ln_england as ln_england
    from references_needed as needed
    inner join productivity as mine
        on
            mine.edition = needed.edition
            and mine.ranking_id = needed.ranking_id
            and mine.gss_code = needed.gss_code
    inner join productivity as theirs
        on
            theirs.edition = needed.reference_edition
            and theirs.ranking_id = needed.ranking_id
            and theirs.gss_code = needed.reference_gss_code

),

measure_terms as (

    -- Each side's part of a measure, 0 where only the other holds it.
    select
        pairs.edition,
        pairs.ranking_id,
        pairs.gss_code,
        pairs.reference_edition,
        pairs.reference_gss_code,
        mine.measure_id,
        mine.outcome_part / pairs.outcome_mean as term
    from pairs
    inner join parts as mine
        on
            mine.edition = pairs.edition
            and mine.ranking_id = pairs.ranking_id
            and mine.gss_code = pairs.gss_code
    union all
    select
        pairs.edition,
        pairs.ranking_id,
        pairs.gss_code,
        pairs.reference_edition,
        pairs.reference_gss_code,
        theirs.measure_id,
        -theirs.outcome_part / pairs.outcome_mean as term
    from pairs
    inner join parts as theirs
        on
            theirs.edition = pairs.reference_edition
            and theirs.ranking_id = pairs.ranking_id
            and theirs.gss_code = pairs.reference_gss_code

),

final as (

    select
        edition,
        ranking_id,
        gss_code,
        reference_edition,
        reference_gss_code,
        'measure' as component_kind,
        measure_id as component_id,
        sum(term) as ln_contribution
    from measure_terms
    group by edition, ranking_id, gss_code, reference_edition, reference_gss_code, measure_id
    {% for component, (expression, condition) in {
        'spend_per_head': ('-ln_spend_per_head', 'not is_over_time and not has_activity'),
        'activity_per_child': ('-ln_activity_per_child', 'not is_over_time and has_activity'),
        'spend_per_activity': ('-ln_spend_per_activity', 'not is_over_time and has_activity'),
        'cash': ('-ln_cash', 'is_over_time'),
        'population': ('ln_population', 'is_over_time'),
        'prices': ('ln_prices', 'is_over_time'),
        'england_spend': ('ln_england - ln_prices', 'is_over_time'),
    }.items() %}
        union all
        select
            edition,
            ranking_id,
            gss_code,
            reference_edition,
            reference_gss_code,
            'spend' as component_kind,
            '{{ component }}' as component_id,
            {{ expression }} as ln_contribution
        from pairs
        where {{ condition }}
    {% endfor %}

)

select * from final
