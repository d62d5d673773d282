{# The mart of a module's top ten; councils that tie at the tenth place all stay in. #}
{% macro module_top_ten(module) -%}
    select
        productivity.edition,
        cast(row_number() over (
            partition by productivity.edition
            order by productivity.productivity_rank, productivity.gss_code
        ) as bigint) as top_ten_position,
        productivity.gss_code,
        councils.council_name,
        productivity.productivity_index,
        productivity.productivity_rank,
        productivity.ranked_councils,
        productivity.rank_p05,
        productivity.rank_p95
    from {{ ref('int_modules__productivity') }} as productivity
    inner join {{ ref('dim_council') }} as councils
        on councils.gss_code = productivity.gss_code
    where
        productivity.lens_id = '{{ module }}'
        and productivity.productivity_rank <= 10
{%- endmacro %}
