{#
    Rule: a printed figure is a plain number or a symbol that the register of missing symbols knows for its
    publication. Any other text has neither a number nor a reason, and is returned with its row.
#}
{% test typed_or_refused(model) %}

{{ config(meta={'rule': 'A figure is a plain number or a symbol of missing_symbols for its publication.'}) }}

select
    publication_id as seed,
    item_id,
    printed_code,
    edition,
    sub_period,
    value_raw,
    'a figure is a plain number or a symbol of missing_symbols for its publication' as rule
from {{ model }}
where
    figure_value is null
    and missing_reason is null

{% endtest %}
