{# The mart of the figures that a module shows and never grades, with the median of the council's peers. #}
{% macro module_context_figures(module) -%}
    select
        figures.edition,
        figures.gss_code,
        figures.figure_id,
        register.figure_kind,
        register.figure_name,
        register.unit,
        figures.figure_value as value,
        figures.missing_reason,
        peers.peer_median,
        coalesce(peers.peers_held, 0) as peers_held
    from {{ ref('int_modules__context_figures') }} as figures
    inner join {{ ref('stg_register__module_figures') }} as register
        on
            register.lens_id = figures.lens_id
            and register.figure_id = figures.figure_id
    left join {{ ref('int_modules__peer_medians') }} as peers
        on
            peers.lens_id = figures.lens_id
            and peers.figure_id = figures.figure_id
            and peers.edition = figures.edition
            and peers.gss_code = figures.gss_code
    where figures.lens_id = '{{ module }}'
{%- endmacro %}
