{% macro delayed_transfer_reasons() -%}
    {{ return([
        'awaiting_assessment',
        'awaiting_public_funding',
        'awaiting_nhs_non_acute',
        'awaiting_residential_home',
        'awaiting_nursing_home',
        'awaiting_home_care_package',
        'awaiting_equipment',
        'patient_or_family_choice',
        'disputes',
        'housing',
        'other',
    ]) }}
{%- endmacro %}
