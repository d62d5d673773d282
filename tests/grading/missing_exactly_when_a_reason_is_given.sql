-- Rule: a value is missing exactly when a reason is given, and only a present value of an active measure is scored.
select
    edition,
    gss_code,
    measure_id,
    value,
    missing_reason,
    score,
    'missing exactly when a reason is given; scored exactly when active and present' as rule
from {{ ref('fct_measure_grade') }}
where
    (value is null) <> (missing_reason is not null)
    or (score is not null) <> (is_active and value is not null)
    or (score is null) <> (grade is null)
