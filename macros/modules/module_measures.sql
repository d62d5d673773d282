{% macro module_measures(module) -%}
    select
        graded.edition,
        graded.gss_code,
        graded.measure_id,
        graded.domain_id,
        graded.is_active,
        graded.measure_value as value,
        graded.missing_reason,
        graded.score,
        graded.grade,
        peers.peer_median,
        coalesce(peers.peers_held, 0) as peers_held
    from {{ ref('int_measures__graded') }} as graded
    left join {{ ref('int_peers__medians') }} as peers
        on
            peers.is_default
            and peers.ranking_id = graded.ranking_id
            and peers.figure_id = graded.measure_id
            and peers.edition = graded.edition
            and peers.gss_code = graded.gss_code
    where graded.ranking_id = '{{ module }}'
{%- endmacro %}
