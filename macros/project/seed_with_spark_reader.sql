{#
    Seeds on Spark are read by Spark itself, every column as the text that stands in the file, as on DuckDB
    (`seed_with_engine_reader`): dbt's reader would send each cell as a literal of an insert.
#}
{% materialization seed, adapter='spark' %}

    {%- set declared = config.get('column_types', {}) -%}
    {%- set path = model['root_path'] ~ '/' ~ model['original_file_path'] -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set lines = 'seed_lines_of_' ~ model['name'] -%}

    {%- if execute -%}
        {%- set header = run_query("select value from text.`" ~ path ~ "` limit 1").rows[0][0].split(',') -%}
        {%- do council_productivity.stop_unless_seed_is_as_declared(header, declared) -%}
    {%- endif -%}

    {{ run_hooks(pre_hooks) }}
    {%- do adapter.drop_relation(target_relation) -%}

    {% do run_query(
        "create or replace temporary view " ~ lines ~ " (" ~ (header or declared) | join(' string, ') ~ " string)"
        ~ " using csv options (path '" ~ path ~ "', header 'true', multiLine 'true', escape '\"', mode 'FAILFAST')"
    ) %}

    {% call statement('main') -%}
        create table {{ target_relation }} using parquet as
        select
            {%- for column, type in declared.items() %}
            {#- An empty cell is missing, quoted or not. #}
            cast(nullif({{ column }}, '') as {{ 'string' if type == 'text' else type }}) as {{ column }}{{ ',' if not loop.last }}
            {%- endfor %}
        from {{ lines }}
        {#- As dbt's own seeds with `dbt build --empty`. #}
        {{ 'limit 0' if flags.EMPTY }}
    {%- endcall %}

    {% do run_query("drop view " ~ lines) %}

    {#- dbt asks for a sample of the seed under this name. -#}
    {%- call statement('agate_table', fetch_result=true) -%}
        select * from {{ target_relation }} limit 10
    {%- endcall %}

    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [target_relation]}) }}

{% endmaterialization %}
