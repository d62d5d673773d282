with

changes as (

    select
        *,
        sum(case when change_verdict = 'cannot_be_told_from_noise' then 1 else 0 end)
            over (partition by edition, ranking_id) as councils_within_noise,
        sum(case when change_verdict = 'improved' then 1 else 0 end)
            over (partition by edition, ranking_id) as councils_improved,
        sum(case when change_verdict = 'declined' then 1 else 0 end)
            over (partition by edition, ranking_id) as councils_declined
    from {{ ref('fct_change') }}

),

improved as (

    select
        *,
        {{ council_productivity.rank_best_first('ln_productivity_change', 'edition, ranking_id') }} as improvement_rank
    from changes
    where change_verdict = 'improved'

),

final as (

    select
        improved.edition,
        improved.ranking_id,
        improved.gss_code,
        councils.council_name,
        improved.from_edition,
        improved.improvement_rank,
        improved.productivity_change_pct,
        improved.productivity_change_pct_p05,
        improved.productivity_change_pct_p95,
        improved.outcome_change_pct,
        improved.spend_change_pct,
        cast(improved.councils_improved as bigint) as councils_improved,
        cast(improved.councils_declined as bigint) as councils_declined,
        cast(improved.councils_within_noise as bigint) as councils_within_noise,
        improved.councils_compared
    from improved
    inner join {{ ref('dim_council') }} as councils
        on councils.gss_code = improved.gss_code
    where improved.improvement_rank <= 10

)

select * from final
