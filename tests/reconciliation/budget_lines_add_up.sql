-- Reconciliation: an authority's lines of children's and of adult social care add up to the total that the budget
-- prints, to rounding, so that no line is in other units, in another column or mistyped. Measured November 2026: two
-- thousand pounds at most, but in 2021-22 thirty authorities put up to 7.7 % of adult social care in no line.
{% set services = {
    'csc': [
        'early_years', 'children_looked_after', 'other_children_and_family', 'family_support', 'youth_justice',
        'safeguarding', 'asylum_seekers', 'services_for_young_people',
    ],
    'asc': [
        'physical_18_64', 'physical_65_plus', 'sensory_18_64', 'sensory_65_plus', 'memory_18_64', 'memory_65_plus',
        'learning_disability_18_64', 'learning_disability_65_plus', 'mental_health_18_64', 'mental_health_65_plus',
        'substance_misuse', 'asylum', 'carers', 'social_isolation', 'equipment_and_technology',
        'social_care_activities', 'information_early_intervention', 'commissioning', 'covid_discharge',
        'disbursement_payments',
    ],
} %}

with

compared as (

    {% for service, lines in services.items() %}
        select
            printed_code,
            period,
            '{{ service }}_total' as item_id,
            {{ council_productivity.to_number(service ~ '_total') }} as printed_total,
            {% for line in lines %}
                coalesce({{ council_productivity.to_number(service ~ '_' ~ line) }}, 0) {{ '+' if not loop.last }}
            {% endfor %} as sum_of_lines
        from {{ ref('mhclg_revenue_budget') }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

failing as (

    select
        'mhclg_revenue_budget' as seed,
        printed_code,
        period,
        item_id,
        printed_total,
        sum_of_lines,
        'the lines of a service add up to its total' as rule
    from compared
    where
        (printed_total is null and sum_of_lines <> 0)
        or (
            abs(printed_total - sum_of_lines) > 2
            and not (
                item_id = 'asc_total'
                and period = '2021-22'
                and printed_total - sum_of_lines between 0 and greatest(0.1 * printed_total, 400)
            )
        )

)

select * from failing
where {{ council_productivity.not_accepted(['printed_code', 'period', 'item_id']) }}
