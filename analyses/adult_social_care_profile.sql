with

profiled as (

    {{ council_productivity.module_profile(
        'adult_social_care',
        'fct_adult_social_care',
        [
            'adult_control',
            'adult_social_contact',
            'adult_feel_safe',
            'older_care_home_admissions',
            'disability_care_home_admissions',
            'disability_learning_own_home',
            'adult_no_further_support',
            'older_at_home_after_reablement',
            'interface_reablement_offered',
            'adult_information',
        ],
        [
            'direct_payments',
        ]
    ) }}

),

final as (

    select
        profiled.*,
        grip.over_budget_pct,
        grip.grip,
        three_year.from_edition as three_year_from_edition,
        three_year.outcome_score as three_year_outcome_score,
        three_year.spend_per_adult_gbp as three_year_spend_per_adult_gbp,
        three_year.productivity_rank as three_year_productivity_rank,
        three_year.quadrant as three_year_quadrant
    from profiled
    left join {{ ref('int_adult_social_care__financial_grip') }} as grip
        on
            grip.edition = profiled.edition
            and grip.gss_code = profiled.gss_code
    left join {{ ref('int_adult_social_care__three_year') }} as three_year
        on
            three_year.edition = profiled.edition
            and three_year.gss_code = profiled.gss_code

)

-- the wide row holds every column of the mart it widens
select * from final -- noqa: AM04
