-- Reconciliation: the councils' figures of ASCOF, weighted by the population they are about, come to the England
-- figure that ASCOF prints. For rates the weights are the denominators and the tolerance is rounding and population
-- vintage; for shares of users they stand in for the users, whom nobody prints, hence more. Measured November 2026
-- over 2015-16 to 2024-25, later editions as they come; 2020-21 had no survey.
with

tolerances as (

    {% for item, weight, tolerance in [
        ('DTOC', 'pop_18_plus', 0.05),
        ('DTOC_ASC', 'pop_18_plus', 0.05),
        ('ADM_65', 'pop_65_plus', 1.6),
        ('ADM_1864', 'pop_18_64', 0.1),
        ('CONTROL', 'pop_18_plus', 0.2),
        ('SOCIAL_USERS', 'pop_18_plus', 0.2),
        ('SAFE', 'pop_18_plus', 0.2),
        ('INFO_USERS', 'pop_18_plus', 0.2),
        ('REABL_OFFER', 'pop_65_plus', 0.1),
        ('DP_USERS', 'pop_18_plus', 0.5),
        ('LD_HOME', 'pop_18_plus', 0.7),
        ('HOME91', 'pop_65_plus', 0.9),
        ('STMAX', 'pop_18_plus', 3),
        ('HOME12W', 'pop_65_plus', 1.6),
        ('REABL_OFFER12W', 'pop_65_plus', 0.1),
    ] %}
        select
            '{{ item }}' as item_id,
            '{{ weight }}' as weight_item_id,
            cast({{ tolerance }} as {{ council_productivity.number_type() }}) as tolerance
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

weighed as (

    select
        figures.item_id,
        figures.edition,
        count(*) as councils,
        {{ council_productivity.weighted_mean('figures.figure_value', 'population.figure_value') }} as councils_mean
    from {{ ref('int_figures__by_council') }} as figures
    inner join tolerances
        on tolerances.item_id = figures.item_id
    inner join {{ ref('int_figures__by_council') }} as population
        on
            population.publication_id = 'ons_population'
            and population.item_id = tolerances.weight_item_id
            and population.edition = figures.edition
            and population.gss_code = figures.gss_code
    where
        figures.publication_id = 'nhs_ascof'
        and figures.figure_value is not null
        and population.figure_value is not null
        and figures.edition <> '2020-21'
    group by figures.item_id, figures.edition

),

failing as (

    select
        weighed.*,
        england.figure_value as england_printed,
        tolerances.tolerance,
        'the councils come to the England that ASCOF prints' as rule
    from weighed
    inner join tolerances
        on tolerances.item_id = weighed.item_id
    left join {{ ref('stg_nhs__ascof_england') }} as england
        on
            england.item_id = weighed.item_id
            and england.edition = weighed.edition
    where
        england.figure_value is null
        -- of reablement in 2024-25 fourteen councils are suppressed
        or weighed.councils < case when weighed.item_id in ('HOME12W', 'REABL_OFFER12W') then 135 else 140 end
        or abs(weighed.councils_mean - england.figure_value) > tolerances.tolerance

)

select * from failing
where {{ council_productivity.not_accepted(['item_id', 'edition']) }}
