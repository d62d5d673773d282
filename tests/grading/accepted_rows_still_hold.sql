-- Rule: a row of the register of accepted rows is of a data test that rows can be accepted against, and has not run
-- out: once a newer edition is ranked, somebody has to judge it anew.
{%- set known = ['none'] -%}
{%- if execute -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'test' and 'not_accepted(' in node.raw_code -%}
        {%- do known.append(node.name) -%}
    {%- endfor -%}
{%- endif %}
with

accepted as (

    select * from {{ ref('stg_register__accepted_rows') }}

),

ranked as (

    select max(last_edition) as newest_edition
    from {{ ref('stg_register__rankings') }}

)

select
    'accepted_rows' as seed,
    data_test,
    subject,
    last_edition,
    'the row is of a data test that ends with not_accepted' as rule
from accepted
where
    data_test not in (
        {% for name in known | sort %}
            '{{ name }}'{{ ',' if not loop.last }}
        {% endfor %}
    )
union all
select
    'accepted_rows' as seed,
    accepted.data_test,
    accepted.subject,
    accepted.last_edition,
    'the row holds until an edition that is still the newest, or later' as rule
from accepted
cross join ranked
where accepted.last_edition < ranked.newest_edition
