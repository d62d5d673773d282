-- What the seeds print for the edition, one row per figure, as staging reads it: a test compares the two.
with

lait as (

    select
        'outcomes/dfe_lait' as seed,
        item_id,
        printed_code,
        period,
        replace(trim(replace(period, '(OT)', '')), '/', '-') as sub_period,
        value_raw
    from dfe_lait

),

lait_dated as (

    -- A plain year ends the edition it belongs to.
    select
        * replace (
            case
                when sub_period like '____-__' then sub_period
                else edition_starting_in(left(sub_period, 4)::integer - 1)
            end as sub_period
        )
    from lait

),

ascof as (

    select
        'outcomes/nhs_ascof' as seed,
        item_id,
        printed_code,
        period,
        value_raw
    from nhs_ascof
    union all
    select
        'outcomes/nhs_ascof_margins' as seed,
        item_id,
        printed_code,
        period,
        margin_raw as value_raw
    from nhs_ascof_margins
    union all
    select
        'outcomes/nhs_ascof_denominators' as seed,
        item_id,
        printed_code,
        period,
        denominator_raw as value_raw
    from nhs_ascof_denominators
    union all
    select
        'outcomes/nhs_ascof_by_age' as seed,
        item_id || case age_group when '65+' then '_65_plus' when '18-64' then '_18_64' end as item_id,
        printed_code,
        period,
        value_raw
    from nhs_ascof_by_age

),

delayed_transfers as (

    select *
    from nhs_delayed_transfers
    unpivot include nulls (value_raw for item_id in (columns(* exclude (printed_code, month))))

),

discharges as (

    select *
    from nhs_discharge_ready
    unpivot include nulls (value_raw for item_id in (columns(* exclude (printed_code, month))))

),

discharges_by_delay as (

    select *
    from nhs_discharge_ready_by_delay
    unpivot include nulls (
        value_raw for item_id in (
            discharges, discharged_no_delay, discharged_twenty_one_plus, bed_days_after_ready_date
        )
    )

),

homelessness as (

    select *
    from mhclg_homelessness
    unpivot include nulls (value_raw for item_id in (columns(* exclude (printed_code, quarter_end))))

),

vacant_dwellings as (

    select *
    from mhclg_vacant_dwellings
    unpivot include nulls (value_raw for item_id in (dwellings, long_term_vacants))

),

waste as (

    select *
    from defra_waste
    unpivot include nulls (value_raw for item_id in (columns(* exclude (printed_code, period))))

),

fly_tipping as (

    select *
    from defra_fly_tipping
    unpivot include nulls (value_raw for item_id in (incidents, actions))

),

budgets as (

    select *
    from mhclg_revenue_budget
    unpivot include nulls (value_raw for item_id in (columns(* exclude (printed_code, period))))

),

outturn as (

    select *
    from mhclg_revenue_outturn
    unpivot include nulls (
        value_raw for item_id in (columns(* exclude (printed_code, period, housing_gfra, blank_means, provenance)))
    )

),

social_care as (

    select *
    from mhclg_social_care_outturn
    unpivot include nulls (
        value_raw for item_id in (columns(* exclude (printed_code, period, csc_total_net, asc_total_net)))
    )

),

finance as (

    select *
    from dhsc_adult_social_care_finance
    unpivot include nulls (value_raw for item_id in (columns(* exclude (printed_code, period))))

),

population as (

    select *
    from ons_population
    unpivot include nulls (value_raw for item_id in (pop_0_17, pop_18_64, pop_65_plus, pop_85_plus, pop_all))

),

dated as (

    select
        seed,
        item_id,
        printed_code,
        period,
        sub_period as edition,
        sub_period,
        value_raw
    from lait_dated
    union all
    select
        seed,
        item_id,
        printed_code,
        period,
        period as edition,
        period as sub_period,
        value_raw
    from ascof
    union all
    select
        'outcomes/nhs_delayed_transfers' as seed,
        item_id,
        printed_code,
        month as period,
        edition_of_month(month) as edition,
        month as sub_period,
        value_raw
    from delayed_transfers
    union all
    select
        'outcomes/nhs_discharge_ready' as seed,
        item_id,
        printed_code,
        month as period,
        edition_of_month(month) as edition,
        month as sub_period,
        value_raw
    from discharges
    union all
    select
        'outcomes/nhs_discharge_ready_by_delay' as seed,
        item_id,
        printed_code,
        period,
        period as edition,
        period as sub_period,
        value_raw
    from discharges_by_delay
    union all
    select
        'outcomes/mhclg_homelessness' as seed,
        item_id,
        printed_code,
        quarter_end as period,
        edition_of_month(quarter_end) as edition,
        quarter_end as sub_period,
        value_raw
    from homelessness
    union all
    select
        'outcomes/mhclg_rough_sleeping' as seed,
        'rough_sleepers' as item_id,
        printed_code,
        snapshot_year as period,
        edition_starting_in(snapshot_year::integer) as edition,
        snapshot_year as sub_period,
        rough_sleepers as value_raw
    from mhclg_rough_sleeping
    union all
    select
        'outcomes/mhclg_net_additional_dwellings' as seed,
        'net_additional_dwellings' as item_id,
        printed_code,
        period,
        period as edition,
        period as sub_period,
        net_additional_dwellings as value_raw
    from mhclg_net_additional_dwellings
    union all
    select
        'outcomes/mhclg_vacant_dwellings' as seed,
        item_id,
        printed_code,
        year as period,
        edition_starting_in(year::integer) as edition,
        year as sub_period,
        value_raw
    from vacant_dwellings
    union all
    select
        'outcomes/mhclg_affordable_completions' as seed,
        'affordable_completions' as item_id,
        printed_code,
        period,
        period as edition,
        period as sub_period,
        completions as value_raw
    from mhclg_affordable_completions
    union all
    select
        'outcomes/defra_waste' as seed,
        item_id,
        printed_code,
        period,
        period as edition,
        period as sub_period,
        value_raw
    from waste
    union all
    select
        'outcomes/defra_fly_tipping' as seed,
        item_id,
        printed_code,
        period,
        period as edition,
        period as sub_period,
        value_raw
    from fly_tipping
    union all
    select
        'spend/mhclg_revenue_budget' as seed,
        item_id,
        printed_code,
        period,
        period as edition,
        period as sub_period,
        value_raw
    from budgets
    union all
    select
        'spend/mhclg_revenue_outturn' as seed,
        item_id,
        printed_code,
        period,
        period as edition,
        period as sub_period,
        value_raw
    from outturn
    union all
    select
        'spend/mhclg_social_care_outturn' as seed,
        item_id,
        printed_code,
        period,
        period as edition,
        period as sub_period,
        value_raw
    from social_care
    union all
    select
        'spend/mhclg_housing_outturn' as seed,
        'housing_gfra' as item_id,
        printed_code,
        period,
        period as edition,
        period as sub_period,
        housing_gfra as value_raw
    from mhclg_housing_outturn
    union all
    select
        'spend/dhsc_adult_social_care_finance' as seed,
        item_id,
        printed_code,
        period,
        period as edition,
        period as sub_period,
        value_raw
    from finance
    union all
    select
        'context/ons_population' as seed,
        population.item_id,
        population.printed_code,
        population.year as period,
        asked.edition,
        asked.edition as sub_period,
        population.value_raw
    from population
    inner join asked
        on asked.population_year = population.year
    union all
    select
        'context/ons_areas' as seed,
        'area_sq_km' as item_id,
        areas.printed_code,
        areas.year as period,
        asked.edition,
        asked.edition as sub_period,
        areas.area_sq_km as value_raw
    from ons_areas as areas
    inner join asked
        -- The newest year held up to the population's, else the first.
        on areas.year = coalesce(
            (
                select max(year) from ons_areas
                where year <= asked.population_year
            ),
            (
                select min(year) from ons_areas
                where asked.population_year is not null
            )
        )

),

made_of (made_item_id, item_id) as (

    -- Items that are counted from others: held where the one they need is.
    values
    ('pop_18_plus', 'pop_65_plus'),
    ('household_sent_for_recycling_tonnes', 'household_rejects_tonnes'),
    ('awaiting_care_home', 'awaiting_residential_home'),
    ('discharged_delayed', 'discharged_twenty_one_plus'),
    ('discharged_seven_plus', 'discharged_twenty_one_plus'),
    ('adult_days', 'days_total')

),

every_item as (

    select * from dated
    union all
    select dated.* replace (made_of.made_item_id as item_id)
    from dated
    inner join made_of using (item_id)

)

select
    every_item.seed,
    every_item.item_id,
    every_item.printed_code,
    every_item.period,
    every_item.sub_period,
    every_item.value_raw,
    -- Housing of districts is of the same publication as the outturn of upper-tier councils, areas of that of people.
    case every_item.seed
        when 'spend/mhclg_housing_outturn' then 'mhclg_revenue_outturn'
        when 'context/ons_areas' then 'ons_population'
        else split_part(every_item.seed, '/', 2)
    end as publication_id,
    number_of(every_item.value_raw) as figure
from every_item
inner join asked using (edition)
where every_item.printed_code <> 'E92000001'
