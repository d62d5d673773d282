{#
    Seeds on DuckDB are read by DuckDB itself, every column as the text that stands in the file:
    dbt's own reader takes up to nine times as long on the largest seed, and guesses the types that nobody declared.
    The columns declared under `column_types` are the seed's contract: a missing, renamed or extra
    column stops the build before anything is replaced.
#}
{% materialization seed, adapter='duckdb' %}

    {%- set declared = config.get('column_types', {}) -%}
    {%- set path = model['root_path'] ~ '/' ~ model['original_file_path'] -%}
    {%- set target_relation = this.incorporate(type='table') -%}

    {%- if execute -%}
        {%- set header = run_query(
            "select trim(split_part(content, chr(10), 1), chr(13)) from read_text('" ~ path ~ "')"
        ).rows[0][0].split(',') -%}
        {%- do council_productivity.stop_unless_seed_is_as_declared(header, declared) -%}
    {%- endif -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% call statement('main') -%}
        create or replace table {{ target_relation }} as
        select
            {%- for column, type in declared.items() %}
            cast({{ adapter.quote(column) }} as {{ type }}) as {{ column }}{{ ',' if not loop.last }}
            {%- endfor %}
        from read_csv(
            '{{ path }}',
            header = true,
            {#- Nothing is guessed: a line with a cell too many or too few is named with its number. #}
            auto_detect = false,
            columns = {
                {%- for column in header or declared %}'{{ column }}': 'varchar'{{ ', ' if not loop.last }}{% endfor -%}
            },
            delim = ',',
            quote = '"',
            escape = '"',
            nullstr = ''
        )
        {#- As dbt's own seeds with `dbt build --empty`. #}
        {{ 'limit 0' if flags.EMPTY }}
    {%- endcall %}

    {#- dbt asks for a sample of the seed under this name. -#}
    {%- call statement('agate_table', fetch_result=true) -%}
        select * from {{ target_relation }} limit 10
    {%- endcall %}

    {% do persist_docs(target_relation, model) %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_relation]}) }}

{% endmaterialization %}
