-- Oracle, step 4: the replications of the weights over again, laid out as the rank bands are: a unit's scores side by
-- side by slot, a run's weights side by side by slot, and means by `slot_mean`, arithmetic or by way of logarithms.
{% set slots = 9 %}
{% set levels = [2, 3, 4] %}

with runs as (
    select * from oracle_runs
    where run_name like 'replication %'
),

slotted as (
    select
        parent,
        node,
        row_number() over (partition by parent order by node) as slot
    from oracle_tree
    where parent is not null
),

weights as (
    select
        runs.run_name,
        slotted.parent as node,
        {{ council_productivity.slot_columns("oracle_weights.weight", "weight_", slots) }}
    from runs
    inner join oracle_weights on oracle_weights.weight_set = runs.weight_set
    inner join slotted on slotted.node = oracle_weights.node
    group by runs.run_name, slotted.parent
),

level_1 as (
    select
        runs.run_name,
        runs.kind,
        scores.unit_code,
        scores.measure as node,
        scores.score
    from runs
    inner join oracle_normalised as scores on scores.normalisation = runs.normalisation
    where scores.score is not null
),

{% for level in levels %}
    slots_of_level_{{ level }} as (
        select
            scores.run_name,
            scores.kind,
            scores.unit_code,
            slotted.parent as node,
            {{ council_productivity.slot_columns(
                "case scores.kind when 'geometric' then ln(scores.score) else scores.score end", "score_", slots
            ) }},
            {{ council_productivity.slot_columns("1.0", "mark_", slots) }}
        from level_{{ level - 1 }} as scores
        inner join slotted on slotted.node = scores.node
        group by scores.run_name, scores.kind, scores.unit_code, slotted.parent
    ),

    means_of_level_{{ level }} as (
        select
            scores.run_name,
            scores.kind,
            scores.unit_code,
            scores.node,
            {{ council_productivity.slot_mean("scores.score_", "scores.mark_", "weights.weight_", slots) }}
                as mean_score
        from slots_of_level_{{ level }} as scores
        inner join weights
            on
                weights.run_name = scores.run_name
                and weights.node = scores.node
    ),

    level_{{ level }} as (
        select
            run_name,
            kind,
            unit_code,
            node,
            case kind when 'geometric' then exp(mean_score) else mean_score end as score
        from means_of_level_{{ level }}
    ),
{% endfor %}

final as (
    select
        run_name,
        unit_code,
        node,
        score,
        {{ council_productivity.rank_best_first("score", "run_name, node") }} as unit_rank
    from level_{{ levels | last }}
)

select * from final
