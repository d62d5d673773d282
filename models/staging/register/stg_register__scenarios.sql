-- A factor that the project's variables switch off stays as published in every scenario.
{% set as_published = {
    'measure_weights': 'equal',
    'lens_weights': 'equal',
    'normalisation': 'goalposts',
    'left_out': 'none',
    'outcome_mean': 'arithmetic',
    'spend': 'raw',
    'sampling_error': 'none',
} %}

with

register as (

    select * from {{ ref('scenarios') }}

),

final as (

    select
        scenario_id,
        cast(scenario_order as bigint) as scenario_order,
        scenario_kind,
        scenario_name,
        question,
        case draws
            when 'draws' then {{ var('draws') }}
            when 'effect_draws' then {{ var('effect_draws') }}
            else cast({{ council_productivity.to_number('draws') }} as bigint)
        end as draws
        {%- for factor, fixed in as_published.items() %},
        {%- if factor in var('draw_factors') %}
        {{ factor }}
        {%- else %}
        case {{ factor }} when 'drawn' then '{{ fixed }}' else {{ factor }} end as {{ factor }}
        {%- endif %}
        {%- endfor %}
    from register

)

select * from final
