{% macro module_productivity(module, head, population, domains) -%}
    select
        productivity.edition,
        productivity.gss_code,
        productivity.measures_active,
        productivity.measures_present,
        productivity.outcome_score,
        productivity.outcome_score_worst_case,
        productivity.outcome_score_best_case,
        productivity.outcome_rank,
        {%- for domain in domains %}
        {{ domain }}.domain_score as {{ domain }}_score,
        coalesce({{ domain }}.measures_present, 0) as {{ domain }}_measures_present,
        {{ domain }}_peers.peer_median as peer_{{ domain }}_score,
        {%- endfor %}
        productivity.spend_basis,
        productivity.spend_gbp,
        productivity.need_population as {{ population }},
        productivity.spend_per_head_gbp as spend_per_{{ head }}_gbp,
        productivity.spend_per_head_real_gbp as spend_per_{{ head }}_real_gbp,
        productivity.england_spend_per_head_gbp as england_spend_per_{{ head }}_gbp,
        productivity.spend_index,
        productivity.productivity_index,
        productivity.productivity_rank,
        productivity.ranked_councils,
        productivity.productivity_quartile,
        productivity.rank_p05,
        productivity.rank_median,
        productivity.rank_p95,
        productivity.probability_top_10,
        productivity.probability_top_quartile,
        productivity.quadrant,
        productivity.peer_outcome_score,
        productivity.peer_spend_per_head_gbp as peer_spend_per_{{ head }}_gbp,
        productivity.peer_productivity_index,
        productivity.peers_ranked,
        productivity.not_ranked_reason
    from {{ ref('int_modules__productivity') }} as productivity
    {%- for domain in domains %}
    left join {{ ref('int_rankings__domains_scored') }} as {{ domain }}
        on
            {{ domain }}.ranking_id = productivity.ranking_id
            and {{ domain }}.domain_id = '{{ domain }}'
            and {{ domain }}.edition = productivity.edition
            and {{ domain }}.gss_code = productivity.gss_code
    left join {{ ref('int_peers__medians') }} as {{ domain }}_peers
        on
            {{ domain }}_peers.is_default
            and {{ domain }}_peers.ranking_id = productivity.ranking_id
            and {{ domain }}_peers.figure_id = '{{ domain }}'
            and {{ domain }}_peers.edition = productivity.edition
            and {{ domain }}_peers.gss_code = productivity.gss_code
    {%- endfor %}
    where productivity.ranking_id = '{{ module }}'
{%- endmacro %}
