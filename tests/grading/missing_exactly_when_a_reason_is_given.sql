-- Rule: a value is missing exactly when a reason is given, and only a present value of an active measure is scored.
select
    ranking_id,
    edition,
    gss_code,
    measure_id,
    measure_value,
    missing_reason,
    score,
    'missing exactly when a reason is given; scored exactly when active and present' as rule
from {{ ref('int_measures__graded') }}
where
    (measure_value is null) <> (missing_reason is not null)
    or (score is not null) <> (is_active and measure_value is not null)
    or (score is null) <> (grade is null)
