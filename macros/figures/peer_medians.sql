{% macro peer_medians(figures, period) -%}
    select
        peers.ranking_id,
        figures.{{ period }},
        peers.gss_code,
        peers.peer_group_id,
        peers.is_default,
        figures.figure_id,
        {{ council_productivity.percentile('figures.figure_value', 0.5) }} as peer_median,
        count(*) as peers_held
    from {{ ref('int_peers__by_ranking') }} as peers
    inner join {{ figures }} as figures
        on
            figures.ranking_id = peers.ranking_id
            and figures.gss_code = peers.peer_gss_code
    where figures.figure_value is not null
    group by
        peers.ranking_id,
        figures.{{ period }},
        peers.gss_code,
        peers.peer_group_id,
        peers.is_default,
        figures.figure_id
{%- endmacro %}
