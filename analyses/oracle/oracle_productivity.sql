-- Oracle, of the worked example: outcome over spend, as if all its measures were one lens, ranked and put into groups;
-- the logarithmic mean against another council, and the words for a change.
with

outcome as (

    select
        scored.unit_code,
        {{ council_productivity.weighted_mean("scored.score", "weights.weight") }} as outcome_score
    from oracle_graded as scored
    inner join oracle_weights as weights
        on
            weights.weight_set = 'original'
            and weights.node = scored.measure
    group by scored.unit_code

),

england as (

    select sum(spend_gbp) / sum(case when spend_gbp is not null then need_population end) as spend_per_head
    from oracle_units

),

indexed as (

    select
        units.*,
        outcome.outcome_score,
        units.spend_gbp / units.need_population / england.spend_per_head as spend_index
    from oracle_units as units
    cross join england
    inner join outcome on outcome.unit_code = units.unit_code

),

judged as (

    select
        *,
        case
            when spend_index is null then 'no_spend'
            else {{ council_productivity.spend_not_comparable("spend_index") }}
        end as not_comparable
    from indexed

),

divided as (

    select
        *,
        case when not_comparable is null then outcome_score / spend_index end as productivity
    from judged

),

medians as (

    select
        {{ council_productivity.percentile("productivity", 0.5) }} as median_productivity,
        count(*) as ranked_units
    from divided
    where not_comparable is null

),

ranked as (

    select
        unit_code,
        {{ council_productivity.rank_best_first("productivity", "") }} as productivity_rank,
        {{ council_productivity.quadrant("outcome_score", "spend_index", "not_comparable") }} as quadrant
    from divided
    where not_comparable is null

),

compared as (

    select outcome_score as other_outcome_score
    from divided
    where unit_code = 'Gorsley'

)

select
    divided.unit_code,
    divided.outcome_score,
    divided.spend_index,
    divided.not_comparable,
    100 * divided.productivity / medians.median_productivity as productivity_index,
    ranked.productivity_rank,
    {{ council_productivity.rank_group("ranked.productivity_rank", "medians.ranked_units", 4) }} as quartile,
    {{ council_productivity.rank_group("ranked.productivity_rank", "medians.ranked_units", 10) }} as decile,
    ranked.quadrant,
    {{ council_productivity.logarithmic_mean("divided.outcome_score", "compared.other_outcome_score") }}
        as logarithmic_mean,
    {{ council_productivity.change_verdict("divided.change_low", "divided.change_high") }} as verdict,
    {{ council_productivity.direction("divided.change_low") }} as direction
from divided
cross join medians
cross join compared
left join ranked on ranked.unit_code = divided.unit_code
