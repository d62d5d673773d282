-- Active measures of lenses and modules that have begun, one row each, and whether they count in the edition by the
-- register: counts, gap (a row of measure_gaps says why not), ended or not_begun.
select
    measures.measure_id,
    uses.ranking_id,
    uses.domain_id,
    measures.publication_id,
    measures.numerator_item_id,
    measures.calculation,
    measures.denominator_publication_id,
    measures.denominator_item_id,
    measures.minimum_periods::integer as minimum_periods,
    measure_errors.publication_id as error_publication_id,
    measure_errors.item_id as error_item_id,
    measures.last_edition,
    gaps.missing_reason as gap_reason,
    case
        when asked.edition < uses.first_scored_edition then 'not_begun'
        when asked.edition > coalesce(uses.last_scored_edition, measures.last_edition) then 'ended'
        when gaps.measure_id is not null then 'gap'
        else 'counts'
    end as state
from ranking_measures as uses
inner join measures using (measure_id)
left join measure_errors using (measure_id)
cross join asked
inner join rankings as lenses
    on
        lenses.ranking_id = uses.ranking_id
        and lenses.first_edition <= asked.edition
left join measure_gaps as gaps
    on
        gaps.measure_id = measures.measure_id
        and gaps.edition = asked.edition
where uses.status = 'active'
