-- One row per printed figure: publication, item, code, edition and sub-period as staging leaves them.
{% set figure_models = [
    'stg_dfe__lait_figures',
    'stg_nhs__ascof_figures',
    'stg_nhs__ascof_by_age_figures',
    'stg_nhs__ascof_margins',
    'stg_nhs__ascof_denominators',
    'stg_nhs__delayed_transfers_figures',
    'stg_nhs__discharge_ready_figures',
    'stg_nhs__discharge_ready_by_delay_figures',
    'stg_mhclg__homelessness_figures',
    'stg_mhclg__rough_sleeping_figures',
    'stg_mhclg__net_additional_dwellings_figures',
    'stg_mhclg__vacant_dwellings_figures',
    'stg_mhclg__affordable_completions_figures',
    'stg_defra__waste_figures',
    'stg_defra__fly_tipping_figures',
    'stg_mhclg__revenue_budget_figures',
    'stg_mhclg__revenue_outturn_figures',
    'stg_mhclg__social_care_outturn_figures',
    'stg_mhclg__housing_outturn_figures',
    'stg_dhsc__adult_social_care_finance_figures',
    'stg_ons__population_figures',
    'stg_ons__area_figures',
] %}

with

printed as (

    {% for figure_model in figure_models %}
        select * from {{ ref(figure_model) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

suspect_values as (

    select * from {{ ref('stg_register__suspect_values') }}

),

cleaned as (

    select
        printed.publication_id,
        printed.item_id,
        printed.printed_code,
        printed.edition,
        printed.sub_period,
        printed.value_raw,
        case when suspect_values.item_id is null then printed.figure_value end as figure_value,
        coalesce(suspect_values.missing_reason, printed.missing_reason) as missing_reason,
        printed.is_additive,
        suspect_values.note as suspect_note
    from printed
    left join suspect_values
        on
            suspect_values.publication_id = printed.publication_id
            and suspect_values.item_id = printed.item_id
            and suspect_values.printed_code = printed.printed_code
            and suspect_values.edition = printed.edition
            and suspect_values.value_raw = printed.value_raw

),

care_home_waits as (

    -- A wait for a care home is one thing to the person who waits; the publisher prints two reasons.
    select
        publication_id,
        'awaiting_care_home' as item_id,
        printed_code,
        edition,
        sub_period,
        cast(null as {{ dbt.type_string() }}) as value_raw,
        case when count(figure_value) = count(*) then sum(figure_value) end as figure_value,
        case
            when count(figure_value) < count(*) then {{ council_productivity.first_reason('missing_reason') }}
        end as missing_reason,
        is_additive,
        cast(null as {{ dbt.type_string() }}) as suspect_note
    from cleaned
    where
        publication_id = 'nhs_delayed_transfers'
        and item_id in ('awaiting_residential_home', 'awaiting_nursing_home')
    group by publication_id, printed_code, edition, sub_period, is_additive

),

final as (

    select * from cleaned
    union all
    select * from care_home_waits

)

select * from final
