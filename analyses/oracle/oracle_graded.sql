-- Oracle, of the worked example: each measure's score from 1 to 100 with its letter, and the value that has the score.
{% set worst = "case direction when 1 then lower_post else upper_post end" %}
{% set best = "case direction when 1 then upper_post else lower_post end" %}

with scored as (
    select
        unit_code,
        measure,
        {{ worst }} as worst_post,
        {{ best }} as best_post,
        {{ council_productivity.goalpost_score("reading", worst, best) }} as score
    from oracle_values
    where data_set = 'raw'
)

select
    unit_code,
    measure,
    score,
    {{ council_productivity.grade("score") }} as grade,
    {{ council_productivity.value_at_score("score", "worst_post", "best_post") }} as value_again
from scored
