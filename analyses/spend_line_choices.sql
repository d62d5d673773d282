-- One row per lens, choice of spend lines and edition: how far the ranking of the lens depends on which lines are
-- counted (docs/decisions.md, decisions 1 to 6). Outcome scores stay; only the money and the people change.
--   ranked_councils    councils ranked under the choice
--   rank_correlation   Spearman's, with the chosen lines, over the councils ranked under both
--   top_ten_kept       councils of the chosen top ten that are in the top ten of this choice
--   spend_share        cov(ln P, -ln S) / var(ln P): how much of the ranking comes from spend
--   sd_ln_productivity standard deviation of ln P
{% set alternatives = [
    ('childrens_social_care', 'all lines', ['csc_total'], [], ['pop_0_17']),
    (
        'childrens_social_care', 'chosen without services for young people',
        ['csc_total'], ['csc_early_years', 'csc_asylum_seekers', 'csc_services_for_young_people'], ['pop_0_17'],
    ),
    ('childrens_social_care', 'looked-after children only', ['csc_children_looked_after'], [], ['pop_0_17']),
    ('older_people', 'all adult social care', ['asc_total'], [], ['pop_65_plus']),
    (
        'all_age_disability', 'chosen and special education, people aged 0 to 64',
        [
            'asc_physical_18_64', 'asc_sensory_18_64', 'asc_memory_18_64', 'asc_learning_disability_18_64',
            'asc_mental_health_18_64', 'edu_special_and_alternative',
        ],
        [], ['pop_0_17', 'pop_18_64'],
    ),
    (
        'all_age_disability', 'learning disability and physical support only',
        ['asc_learning_disability_18_64', 'asc_physical_18_64'], [], ['pop_18_64'],
    ),
    (
        'health_social_care_interface', 'people aged 65 and over only',
        [
            'asc_physical_65_plus', 'asc_sensory_65_plus', 'asc_memory_65_plus', 'asc_learning_disability_65_plus',
            'asc_mental_health_65_plus',
        ],
        [], ['pop_18_plus'],
    ),
    (
        'housing_homelessness', 'homelessness and strategy',
        ['housing_homelessness', 'housing_strategy'], [], ['dwellings'],
    ),
    ('housing_homelessness', 'homelessness only', ['housing_homelessness'], [], ['dwellings']),
    (
        'housing_homelessness', 'homelessness, strategy, supporting people, other welfare',
        ['housing_homelessness', 'housing_strategy', 'housing_supporting_people', 'housing_other_welfare'], [],
        ['dwellings'],
    ),
    ('housing_homelessness', 'all lines', ['housing_total'], [], ['dwellings']),
    (
        'waste_recycling', 'chosen and street cleansing',
        [
            'env_waste_collection', 'env_waste_disposal', 'env_recycling', 'env_waste_minimisation',
            'levy_waste_disposal_authority', 'env_street_cleansing',
        ],
        [], ['dwellings'],
    ),
    (
        'waste_recycling', 'chosen and trade waste',
        [
            'env_waste_collection', 'env_waste_disposal', 'env_recycling', 'env_waste_minimisation',
            'levy_waste_disposal_authority', 'env_trade_waste',
        ],
        [], ['dwellings'],
    ),
] %}

with

figures as (

    select * from {{ ref('int_figures__by_council') }}

),

outcome as (

    select
        productivity.ranking_id,
        productivity.edition,
        productivity.gss_code,
        productivity.outcome_score,
        live.is_rankable
    from {{ ref('int_rankings__productivity') }} as productivity
    inner join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = productivity.edition
            and live.gss_code = productivity.gss_code

),

choice_lines as (

    select
        ranking_id,
        'chosen' as choice,
        publication_id,
        item_id,
        sign
    from {{ ref('stg_register__spend_lines') }}
    {% for ranking_id, choice, added_items, subtracted_items, need_items in alternatives %}
        {% for item_id in added_items + subtracted_items %}
            union all
            select
                '{{ ranking_id }}' as ranking_id,
                '{{ choice }}' as choice,
                'mhclg_revenue_budget' as publication_id,
                '{{ item_id }}' as item_id,
                {{ 1 if item_id in added_items else -1 }} as sign
        {% endfor %}
    {% endfor %}

),

choice_needs as (

    select
        ranking_id,
        'chosen' as choice,
        need_publication_id as publication_id,
        need_item_id as item_id
    from {{ ref('stg_register__rankings') }}
    where ranking_kind = 'lens'
    {% for ranking_id, choice, added_items, subtracted_items, need_items in alternatives %}
        {% for item_id in need_items %}
            union all
            select
                '{{ ranking_id }}' as ranking_id,
                '{{ choice }}' as choice,
                '{{ "mhclg_vacant_dwellings" if item_id == "dwellings" else "ons_population" }}' as publication_id,
                '{{ item_id }}' as item_id
        {% endfor %}
    {% endfor %}

),

spend as (

    select
        choice_lines.ranking_id,
        choice_lines.choice,
        figures.edition,
        figures.gss_code,
        sum(choice_lines.sign * figures.figure_value) * 1000 as spend_gbp,
        count(figures.figure_value) = count(*) as is_complete
    from choice_lines
    inner join figures
        on
            figures.publication_id = choice_lines.publication_id
            and figures.item_id = choice_lines.item_id
    group by choice_lines.ranking_id, choice_lines.choice, figures.edition, figures.gss_code

),

need as (

    select
        choice_needs.ranking_id,
        choice_needs.choice,
        figures.edition,
        figures.gss_code,
        sum(figures.figure_value) as need_population,
        count(figures.figure_value) = count(*) as is_complete
    from choice_needs
    inner join figures
        on
            figures.publication_id = choice_needs.publication_id
            and figures.item_id = choice_needs.item_id
    group by choice_needs.ranking_id, choice_needs.choice, figures.edition, figures.gss_code

),

indexed as (

    -- England is the sum over every live council that holds both, as in int_spend__indexed.
    select
        spend.ranking_id,
        spend.choice,
        spend.edition,
        spend.gss_code,
        outcome.outcome_score,
        outcome.is_rankable,
        spend.spend_gbp / need.need_population
        / (
            sum(spend.spend_gbp) over (partition by spend.ranking_id, spend.choice, spend.edition)
            / sum(need.need_population) over (partition by spend.ranking_id, spend.choice, spend.edition)
        ) as spend_index
    from spend
    inner join need
        on
            need.ranking_id = spend.ranking_id
            and need.choice = spend.choice
            and need.edition = spend.edition
            and need.gss_code = spend.gss_code
    inner join outcome
        on
            outcome.ranking_id = spend.ranking_id
            and outcome.edition = spend.edition
            and outcome.gss_code = spend.gss_code
    where
        spend.is_complete
        and need.is_complete

),

productivity as (

    select
        ranking_id,
        choice,
        edition,
        gss_code,
        spend_index,
        outcome_score / spend_index as productivity
    from indexed
    where
        is_rankable
        and outcome_score is not null
        and spend_index between {{ var('spend_index_floor') }} and {{ var('spend_index_ceiling') }}

),

ranked as (

    select
        *,
        {{ council_productivity.rank_best_first('productivity', 'ranking_id, choice, edition') }} as productivity_rank
    from productivity

),

described as (

    select
        ranking_id,
        choice,
        edition,
        count(*) as ranked_councils,
        covar_samp(ln(productivity), -ln(spend_index)) / var_samp(ln(productivity)) as spend_share,
        stddev_samp(ln(productivity)) as sd_ln_productivity
    from ranked
    group by ranking_id, choice, edition

),

paired as (

    -- Ranked anew over the councils that both choices rank.
    select
        ranked.ranking_id,
        ranked.choice,
        ranked.edition,
        ranked.productivity_rank <= 10 and chosen.productivity_rank <= 10 as is_kept,
        {{ council_productivity.rank_best_first(
            'ranked.productivity', 'ranked.ranking_id, ranked.choice, ranked.edition'
        ) }} as rank_of_choice,
        {{ council_productivity.rank_best_first(
            'chosen.productivity', 'ranked.ranking_id, ranked.choice, ranked.edition'
        ) }} as rank_of_chosen
    from ranked
    inner join ranked as chosen
        on
            chosen.choice = 'chosen'
            and chosen.ranking_id = ranked.ranking_id
            and chosen.edition = ranked.edition
            and chosen.gss_code = ranked.gss_code

),

compared as (

    select
        ranking_id,
        choice,
        edition,
        corr(rank_of_choice, rank_of_chosen) as rank_correlation,
        sum(case when is_kept then 1 else 0 end) as top_ten_kept
    from paired
    group by ranking_id, choice, edition

),

final as (

    select
        described.ranking_id,
        described.choice,
        described.edition,
        described.ranked_councils,
        compared.rank_correlation,
        compared.top_ten_kept,
        described.spend_share,
        described.sd_ln_productivity
    from described
    inner join compared
        on
            compared.ranking_id = described.ranking_id
            and compared.choice = described.choice
            and compared.edition = described.edition

)

select * from final
order by
    ranking_id,
    choice <> 'chosen',
    choice,
    edition
