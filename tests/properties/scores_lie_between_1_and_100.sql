-- Property: every score and every outcome score lies within 1 and 100, the best and worst case around it; spend of a
-- ranked council lies within the comparable range and its productivity is above zero.
select
    edition,
    gss_code,
    measure_id as what,
    score as found,
    'a score lies within 1 and 100' as rule
from {{ ref('int_measures__graded') }}
where
    {{ council_productivity.round_score('score') }} < 1
    or {{ council_productivity.round_score('score') }} > 100
union all
select
    edition,
    gss_code,
    ranking_id as what,
    outcome_score as found,
    'an outcome score lies within 1 and 100, and within its best and worst case' as rule
from {{ ref('int_rankings__ranked') }}
where
    {{ council_productivity.round_score('outcome_score') }} < 1
    or {{ council_productivity.round_score('outcome_score') }} > 100
    or outcome_score < outcome_score_worst_case - 1e-9
    or outcome_score > outcome_score_best_case + 1e-9
union all
select
    edition,
    gss_code,
    ranking_id as what,
    spend_index as found,
    'a ranked council has comparable spend and a productivity above zero' as rule
from {{ ref('int_rankings__ranked') }}
where
    productivity_rank is not null
    and (
        spend_index is null
        or spend_index < {{ var('spend_index_floor') }}
        or spend_index > {{ var('spend_index_ceiling') }}
        or productivity is null
        or productivity <= 0
    )
