with

final as (

    select
        edition,
        gss_code,
        budget_gbp,
        outturn_gbp,
        over_budget_gbp,
        over_budget_pct,
        england_over_budget_pct,
        over_budget_beyond_england_pct_points,
        is_over_budget,
        editions_held_in_three_years,
        editions_over_budget_in_three_years,
        mean_over_budget_pct_in_three_years,
        editions_in_a_row_over_budget,
        grip,
        missing_reason
    from {{ ref('int_adult_social_care__financial_grip') }}

)

select * from final
