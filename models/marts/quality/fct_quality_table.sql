{#-
    What the project itself declares of each mart, read from dbt's graph, which is whole only while dbt runs. It holds
    other projects, too, where this one is a package.
-#}
{%- set tables = [] -%}
{%- if execute -%}
    {%- set tests, exposures, grains, references = {}, {}, {}, {} -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'test' -%}
        {%- if node.attached_node and node.test_metadata.name == 'unique_grain' -%}
            {%- do grains.update({node.attached_node: node.test_metadata.kwargs.columns}) -%}
        {%- endif -%}
        {%- if node.attached_node and node.test_metadata.name == 'foreign_keys' -%}
            {%- set named = [] -%}
            {%- for column, target in node.test_metadata.kwargs.references.items() -%}
                {%- do named.append(column ~ ' = ' ~ target) -%}
            {%- endfor -%}
            {%- do references.update({node.attached_node: named | join(', ')}) -%}
        {%- endif -%}
        {%- for used in node.depends_on.nodes -%}
            {%- do tests.update({used: tests.get(used, 0) + 1}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for exposure in graph.exposures.values() -%}
        {%- for used in exposure.depends_on.nodes -%}
            {%- do exposures.update({used: exposures.get(used, 0) + 1}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set ours = graph.nodes.values() | selectattr('package_name', 'eq', model.package_name) -%}
    {%- for node in ours | sort(attribute='name') -%}
        {%- if node.resource_type == 'model' and node.original_file_path.startswith('models/marts/') -%}
            {%- set described = node.columns.values() | selectattr('description') | list -%}
            {%- set typed = node.columns.values() | selectattr('data_type') | list -%}
            {%- set keys = node.constraints | selectattr('type', 'in', ['primary_key']) | list -%}
            {%- do tables.append([
                node.name,
                node.fqn[2],
                node.config.contract.enforced,
                (keys[0].columns if keys else grains.get(node.unique_id, [])) | join(', '),
                references.get(node.unique_id, ''),
                keys | length > 0,
                node.description | trim | length > 0,
                described | length,
                typed | length,
                node.columns | length,
                tests.get(node.unique_id, 0),
                exposures.get(node.unique_id, 0),
            ]) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endif %}
with

declared as (

    {% for
        name, area, contract, grain, foreign, key, described, columns_described, typed, columns, tests, exposures
        in tables
    %}
        select
            '{{ name }}' as table_name,
            '{{ area }}' as area,
            cast({{ contract | lower }} as boolean) as has_contract,
            '{{ grain }}' as key_columns,
            nullif('{{ foreign }}', '') as foreign_keys,
            cast({{ key | lower }} as boolean) as has_primary_key,
            cast({{ described | lower }} as boolean) as has_description,
            cast({{ columns_described }} as bigint) as columns_described,
            cast({{ typed }} as bigint) as columns_in_contract,
            cast({{ columns }} as bigint) as columns_in_all,
            cast({{ tests }} as bigint) as tests,
            cast({{ exposures }} as bigint) as exposures
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select * from declared

)

select * from final
