-- Oracle, step 2: weighted means up the example's tree, level by level, a row per run, unit and node.
-- `oracle_runs` says which normalisation a run starts from, which mean it takes and how much of a
-- node's children has to be present; `oracle_tree` and `oracle_weights` hold parents and weights.
{% set kinds = ["arithmetic", "geometric", "harmonic"] %}
{% set levels = [2, 3, 4] %}

with level_1 as (
    select
        runs.run_name,
        scores.unit_code,
        scores.measure as node,
        scores.score
    from oracle_runs as runs
    inner join oracle_normalised as scores on scores.normalisation = runs.normalisation
),

{% for level in levels %}
    children_of_level_{{ level }} as (
        select
            runs.run_name,
            runs.kind,
            runs.minimum_share,
            scores.unit_code,
            tree.parent as node,
            weights.weight,
            scores.score
        from level_{{ level - 1 }} as scores
        inner join oracle_runs as runs on runs.run_name = scores.run_name
        inner join oracle_tree as tree on tree.node = scores.node
        inner join oracle_weights as weights
            on
                weights.weight_set = runs.weight_set
                and weights.node = tree.node
    ),

    level_{{ level }} as (
        {% for kind in kinds %}
            select
                run_name,
                unit_code,
                node,
                case
                    when count(score) >= min(minimum_share) * count(*)
                        then {{ council_productivity.weighted_mean("score", "weight", kind) }}
                end as score
            from children_of_level_{{ level }}
            where kind = '{{ kind }}'
            group by run_name, unit_code, node
            {% if not loop.last %}union all{% endif %}
        {% endfor %}
    ){{ "," if not loop.last }}
{% endfor %}

{% for level in levels %}
    select
        run_name,
        unit_code,
        node,
        score
    from level_{{ level }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
