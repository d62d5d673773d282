-- One row per edition, lens (or overall) and council among the ten largest improvements that are more than noise, with
-- how many councils went up, went down and cannot be told from noise. Councils that tie at the tenth place all stay in.
with counted as (
    select
        *,
        count(*) filter (change_verdict = 'improved') over compared as councils_improved,
        count(*) filter (change_verdict = 'declined') over compared as councils_declined,
        count(*) filter (change_verdict = 'cannot_be_told_from_noise') over compared as councils_within_noise
    from marts.fct_change
    window compared as (partition by edition, ranking_id)
),

improved as (
    select
        *,
        rank() over (
            partition by edition, ranking_id order by round(ln_productivity_change, 9) desc
        ) as improvement_rank
    from counted
    where change_verdict = 'improved'
)

select improved.*
from improved
inner join marts.dim_council as councils using (gss_code)
where improved.improvement_rank <= 10
order by improved.edition, improved.ranking_id, improved.improvement_rank, councils.council_name
