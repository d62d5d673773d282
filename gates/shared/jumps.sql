-- One row per series, edition and council held before: how many times the largest change that its series has shown.
-- What no index counts (lines of spend, other figures) is judged by the value and the ratio together.
select
    changes.kind,
    changes.series_id,
    changes.edition,
    changes.gss_code,
    changes.prior_edition,
    changes.prior_value,
    changes.value,
    changes.scaled_change,
    changes.kind in ('figure', 'spend_line') as is_context,
    changes.change / nullif(seen.largest_change_seen, 0) as times_value,
    changes.scaled_change / nullif(seen.largest_scaled_change_seen, 0) as times_ratio,
    changes.root_change / nullif(seen.largest_root_change_seen, 0) as times_root,
    seen.steps_seen
from changes_after as changes
inner join seen using (kind, series_id, edition)
