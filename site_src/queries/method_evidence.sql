-- One row: what the sentences of the method page count over the marts of verdicts and evidence.
with

-- Overall is made of the lenses, and the modules have measures of the lenses: neither is counted again.
reversals as (
    select
        sum(reversals.verdicts_followed) as verdicts_followed,
        sum(reversals.turned_round) as verdicts_turned,
        100 * sum(reversals.turned_round) / sum(reversals.verdicts_followed) as verdicts_turned_pct,
        sum(reversals.not_told_from_noise) as verdicts_into_noise,
        sum(reversals.repeated) as verdicts_repeated,
        max_by(rankings.ranking_name, reversals.turned_round_share) as most_turned_name,
        100 * max(reversals.turned_round_share) as most_turned_pct
    from marts.fct_verdict_reversal as reversals
    inner join marts.dim_ranking as rankings using (ranking_id)
    where reversals.verdict = 'either' and rankings.ranking_kind = 'lens'
),

validity as (
    select
        count(*) filter (where figure_id = 'productivity_index') as judged,
        count(*) filter (where figure_id = 'productivity_index' and finding = 'same_order') as judged_same,
        count(*) filter (where figure_id = 'productivity_index' and finding = 'opposite_order') as judged_opposite,
        count(*) filter (where figure_id = 'outcome_score') as outcomes_judged,
        count(*) filter (where figure_id = 'outcome_score' and finding = 'same_order') as outcomes_judged_same,
        count(*) filter (where figure_id = 'outcome_score' and finding = 'opposite_order') as outcomes_judged_opposite
    from judged_rankings
    where ranking_kind in ('lens', 'overall')
),

types as (
    select
        count(*) as type_measures,
        count(*) filter (where by_type.council_type_share > 0.25) as type_measures_above_quarter
    from marts.fct_measure_council_type as by_type
    inner join marts.dim_ranking as rankings using (ranking_id)
    where rankings.ranking_kind = 'lens' and by_type.council_type_share is not null
),

for_value as (
    select
        count(*) filter (where evidence.view_id = 'between_councils') as between_measures,
        count(*) filter (where evidence.view_id = 'between_councils' and evidence.finding = 'better_for_less')
            as between_less,
        count(*) filter (where evidence.view_id = 'between_councils' and evidence.finding = 'better_for_more')
            as between_more,
        count(*) filter (where evidence.view_id = 'between_councils' and evidence.finding = 'no_clear_sign')
            as between_no_sign,
        count(*) filter (where evidence.view_id = 'within_councils') as within_measures,
        count(*) filter (where evidence.view_id = 'within_councils' and evidence.finding = 'better_for_less')
            as within_less,
        count(*) filter (where evidence.view_id = 'within_councils' and evidence.finding = 'better_for_more')
            as within_more
    from marts.fct_value_evidence as evidence
    inner join marts.dim_ranking as rankings using (ranking_id)
    where rankings.ranking_kind = 'lens'
)

select
    reversals.*,
    validity.*,
    types.*,
    for_value.*
from reversals
cross join validity
cross join types
cross join for_value
