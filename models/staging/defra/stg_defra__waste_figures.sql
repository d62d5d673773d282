{% set rates = ['recycling_rate', 'residual_kg_per_household', 'household_waste_kg_per_person'] %}
{% set tonnages = [
    'household_recycled_tonnes', 'household_rejects_tonnes', 'household_sent_for_recycling_tonnes',
    'household_tonnes', 'household_dry_recycled_tonnes', 'landfilled_tonnes', 'managed_tonnes'
] %}

with

source as (

    select * from {{ ref('defra_waste') }}

),

extended as (

    select
        *,
        cast(
            {{ council_productivity.to_number('household_recycled_tonnes') }}
            + {{ council_productivity.to_number('household_rejects_tonnes') }}
            as {{ dbt.type_string() }}
        ) as household_sent_for_recycling_tonnes
    from source

),

rates as (

    {{ council_productivity.unpivot_items(
        'extended', ['printed_code', 'period as edition', 'period as sub_period'], rates
    ) }}

),

tonnages as (

    {{ council_productivity.unpivot_items(
        'extended', ['printed_code', 'period as edition', 'period as sub_period'], tonnages
    ) }}

),

typed as (

    {{ council_productivity.typed_figures('rates', 'defra_waste', 'false') }}
    union all
    {{ council_productivity.typed_figures('tonnages', 'defra_waste', 'true') }}

),

final as (

    -- Negative rejects are stock carried over from another year: no share can be formed from them.
    select
        publication_id,
        item_id,
        printed_code,
        edition,
        sub_period,
        value_raw,
        case
            when item_id = 'household_rejects_tonnes' and figure_value < 0 then null
            else figure_value
        end as figure_value,
        case
            when item_id = 'household_rejects_tonnes' and figure_value < 0 then 'not_comparable'
            else missing_reason
        end as missing_reason,
        is_additive
    from typed

)

select * from final
