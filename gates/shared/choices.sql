-- One row per choice of the method that a rank depends on, cell by cell. Run once on each database.
select
    'measure ' || measure_id as subject,
    measure_id as part_of,
    column_name,
    found
from (
    unpivot (
        select
            measure_id,
            unit_kind,
            polarity,
            calculation,
            publication_id,
            numerator_item_id,
            denominator_publication_id,
            denominator_item_id,
            multiplier,
            minimum_denominator
        from seeds.measures
        semi join (
            select measure_id from seeds.ranking_measures
            where status = 'active'
        ) as active using (measure_id)
    )
    on columns(* exclude measure_id) into name column_name value found
)
union all
select
    'measure ' || measure_id || ' in ' || ranking_id,
    measure_id,
    column_name,
    found
from (
    unpivot (
        select
            ranking_id,
            measure_id,
            -- A release of before evidence groups has no last edition of a use.
            columns('^(weight|first_scored_edition|last_scored_edition)$')
        from seeds.ranking_measures
        where status = 'active'
    )
    on columns(* exclude (ranking_id, measure_id)) into name column_name value found
)
union all
select
    'goalposts ' || method_version || ' ' || measure_id,
    measure_id,
    column_name,
    found
from (
    unpivot (select
        method_version,
        measure_id,
        worst_goalpost,
        best_goalpost
    from seeds.goalposts)
    on worst_goalpost, best_goalpost into name column_name value found
)
union all
select
    'lens ' || ranking_id,
    ranking_id,
    column_name,
    found
from (
    unpivot (select
        ranking_id,
        weight_in_overall,
        need_publication_id,
        need_item_id
    from seeds.rankings)
    on columns(* exclude ranking_id) into name column_name value found
)
union all
select
    'spend line ' || ranking_id || ' ' || item_id || ' from ' || first_edition,
    ranking_id,
    column_name,
    found
from (
    unpivot (
        select
            ranking_id,
            publication_id,
            item_id,
            first_edition,
            sign,
            pounds_per_unit,
            basis
        from seeds.spend_lines
    )
    on publication_id, sign, pounds_per_unit, basis into name column_name value found
)
union all
select
    'method',
    'method',
    'method_version',
    max(method_version::integer)::varchar
from seeds.goalposts
