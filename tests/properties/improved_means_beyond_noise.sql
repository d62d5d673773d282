-- Rule: a council is called improved only if the band on its change excludes zero; the list of the most improved holds
-- only such, and says how many cannot be told from noise. The bands of councils are in order.
with

counted as (

    select
        edition,
        ranking_id,
        sum(case when ln_productivity_change_p05 > 0 then 1 else 0 end) as improved,
        sum(case when ln_productivity_change_p05 <= 0 and ln_productivity_change_p95 >= 0 then 1 else 0 end) as unsure
    from {{ ref('fct_change') }}
    group by edition, ranking_id

)

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
union all
select
    improved.edition,
    improved.ranking_id,
    improved.gss_code,
    'the most improved are beyond noise, and the others are counted' as rule
from {{ ref('fct_most_improved') }} as improved
inner join counted
    on
        counted.edition = improved.edition
        and counted.ranking_id = improved.ranking_id
where
    improved.productivity_change_pct_p05 <= 0
    or improved.councils_improved <> counted.improved
    or improved.councils_within_noise <> counted.unsure
