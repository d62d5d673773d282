-- One row per edition with budgets held and live council: the size of the difference between outturn and budget, and
-- how long the council has been over its budget without a break. An edition without budgets ends a run: nobody
-- knows.
with

differences as (

    select
        *,
        cast(left(edition, 4) as integer) as start_year,
        coalesce(over_budget_pct > 0, false) as is_over_budget
    from {{ ref('int_adult_social_care__budget_and_outturn') }}

),

held as (

    select
        now.edition,
        now.gss_code,
        count(earlier.over_budget_pct) as editions_held,
        cast(sum(case when earlier.is_over_budget then 1 else 0 end) as bigint) as editions_over_budget,
        {{ council_productivity.round_score('avg(earlier.over_budget_pct)') }} as mean_over_budget_pct
    from differences as now
    inner join differences as earlier
        on
            earlier.gss_code = now.gss_code
            and earlier.start_year between now.start_year - 2 and now.start_year
    group by now.edition, now.gss_code

),

starts as (

    -- Years over budget in a row share the year less their number in order.
    select
        edition,
        gss_code,
        cast(row_number() over (
            partition by gss_code, start_year - year_order
            order by start_year
        ) as bigint) as editions_in_a_row_over_budget
    from (
        select
            edition,
            gss_code,
            start_year,
            row_number() over (partition by gss_code order by start_year) as year_order
        from differences
        where is_over_budget
    ) as ordered

),

final as (

    select
        differences.edition,
        differences.gss_code,
        differences.budget_gbp,
        differences.outturn_gbp,
        differences.over_budget_gbp,
        differences.over_budget_pct,
        differences.england_over_budget_pct,
        differences.over_budget_pct - differences.england_over_budget_pct as over_budget_beyond_england_pct_points,
        differences.is_over_budget,
        held.editions_held as editions_held_in_three_years,
        held.editions_over_budget as editions_over_budget_in_three_years,
        held.mean_over_budget_pct as mean_over_budget_pct_in_three_years,
        coalesce(starts.editions_in_a_row_over_budget, 0) as editions_in_a_row_over_budget,
        case
            when differences.missing_reason is not null then null
            when not differences.is_over_budget then 'within_budget'
            when starts.editions_in_a_row_over_budget >= 3 then 'over_budget_three_years_or_more'
            when starts.editions_in_a_row_over_budget = 2 then 'over_budget_two_years'
            else 'over_budget_this_year'
        end as grip,
        differences.missing_reason
    from differences
    inner join held
        on
            held.edition = differences.edition
            and held.gss_code = differences.gss_code
    left join starts
        on
            starts.edition = differences.edition
            and starts.gss_code = differences.gss_code

)

select * from final
