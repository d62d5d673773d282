-- Rule: of the weights of a ranking's active measures in an edition, no measure's share is above 0.3 in a scored
-- ranking, no evidence group weighs more than two measures or half of the ranking, and every lens has a weight in the
-- overall index. That weights are numbers above zero is a rule of their seeds; that shares add up to one, of
-- effective_weights_add_up.
with

active as (

    select distinct
        graded.edition,
        graded.ranking_id,
        graded.measure_id,
        graded.weight,
        uses.evidence_group
    from {{ ref('int_measures__graded') }} as graded
    inner join {{ ref('stg_register__ranking_measures') }} as uses
        on
            uses.ranking_id = graded.ranking_id
            and uses.measure_id = graded.measure_id
    inner join {{ ref('int_rankings__edition_status') }} as status
        on
            status.ranking_id = graded.ranking_id
            and status.edition = graded.edition
            and status.is_scored
    where graded.is_active

),

normalised as (

    select
        edition,
        ranking_id,
        measure_id,
        evidence_group,
        weight,
        weight / sum(weight) over (partition by edition, ranking_id) as weight_share
    from active

),

grouped as (

    select
        edition,
        ranking_id,
        evidence_group,
        sum(weight) as weight,
        sum(weight_share) as weight_share
    from normalised
    where evidence_group is not null
    group by edition, ranking_id, evidence_group

)

select
    'ranking_measures' as seed,
    edition,
    ranking_id,
    measure_id,
    weight_share,
    'no measure weighs more than {{ var("measure_maximum_weight_share") }} of its lens' as rule
from normalised
where weight_share > {{ var('measure_maximum_weight_share') }}
union all
select
    'ranking_measures' as seed,
    edition,
    ranking_id,
    evidence_group as measure_id,
    weight_share,
    'no evidence group weighs more than two measures or half of its lens' as rule
from grouped
where
    {{ council_productivity.round_score('weight') }} > {{ var('evidence_group_maximum_weight') }}
    or {{ council_productivity.round_score('weight_share') }} > {{ var('evidence_group_maximum_weight_share') }}
union all
select
    'rankings' as seed,
    cast(null as {{ dbt.type_string() }}) as edition,
    ranking_id,
    cast(null as {{ dbt.type_string() }}) as measure_id,
    weight_in_overall as weight_share,
    'a lens has a weight in the overall index' as rule
from {{ ref('stg_register__rankings') }}
where
    ranking_kind <> 'overall'
    and weight_in_overall is null
