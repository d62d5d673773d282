-- One row per edition, lens, pair of councils ranked in it (a council and what it is compared with, in the lens or
-- overall) and component: the parts of ln P of the one less ln P of the other (method, step 12). They add up.
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
    where lenses.not_ranked_reason is null

),

parts as (

    select * from {{ ref('int_position__measure_parts') }}

),

pairs as (

    select
        needed.edition,
        needed.ranking_id,
        needed.gss_code,
        needed.reference_edition,
        needed.reference_gss_code,
        {{ council_productivity.logarithmic_mean('mine.outcome_score', 'theirs.outcome_score') }} as outcome_mean,
        mine.ln_cash - theirs.ln_cash as ln_cash,
        mine.ln_population - theirs.ln_population as ln_population,
        -- Prices of one edition are the same, held or not.
        case
            when needed.edition = needed.reference_edition then 0
            else mine.ln_prices - theirs.ln_prices
        end as ln_prices,
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
    {% for component, expression in {
        'cash': '-ln_cash',
        'population': 'ln_population',
        'prices': 'ln_prices',
        'england_spend': 'ln_england - ln_prices',
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
        {% if component in ('prices', 'england_spend') %}
            -- within an edition prices and England are the same for both
            where edition <> reference_edition
        {% endif %}
    {% endfor %}

)

select * from final
