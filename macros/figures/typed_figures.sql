{#
    Text that is neither a number nor a symbol of its publication gets neither, and the test
    `printed_text_is_a_number_or_a_known_symbol` stops the build with the row. `printed` needs item_id,
    printed_code, edition, sub_period and value_raw.
#}
{% macro typed_figures(printed, publication_id, is_additive) -%}
    select
        '{{ publication_id }}' as publication_id,
        printed.item_id,
        printed.printed_code,
        printed.edition,
        printed.sub_period,
        printed.value_raw,
        {{ council_productivity.to_number('trim(printed.value_raw)') }} as figure_value,
        case
            when {{ council_productivity.to_number('trim(printed.value_raw)') }} is null
                then symbols.missing_reason
        end as missing_reason,
        cast({{ is_additive }} as boolean) as is_additive
    from {{ printed }} as printed
    left join {{ ref('stg_register__missing_symbols') }} as symbols
        on
            symbols.publication_id = '{{ publication_id }}'
            and symbols.symbol = coalesce(trim(printed.value_raw), '')
{%- endmacro %}
