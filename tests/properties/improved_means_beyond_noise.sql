-- Rule: a council is called improved or declined only if the band on its change excludes zero. The bands of councils
-- are in order.
select
    changes.edition,
    changes.ranking_id,
    changes.gss_code,
    'a verdict follows from the band' as rule
from {{ ref('fct_change') }} as changes
where
    changes.ln_productivity_change_p05 > changes.ln_productivity_change_p95
    or (changes.change_verdict = 'improved') <> (changes.ln_productivity_change_p05 > 0)
    or (changes.change_verdict = 'declined') <> (changes.ln_productivity_change_p95 < 0)
