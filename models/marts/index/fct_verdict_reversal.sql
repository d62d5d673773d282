with

changes as (

    select
        ranking_id,
        gss_code,
        from_edition,
        edition,
        price_basis,
        change_verdict
    from {{ ref('fct_change') }}

),

-- A verdict is followed where the council's next change begins in the edition in which this one ends, and spend is made
-- comparable in the same way: to fall behind England is not the opposite of more in constant prices.
followed as (

    select
        changes.ranking_id,
        changes.change_verdict,
        next_changes.change_verdict as next_verdict
    from changes
    inner join changes as next_changes
        on
            next_changes.ranking_id = changes.ranking_id
            and next_changes.gss_code = changes.gss_code
            and next_changes.from_edition = changes.edition
            and (next_changes.price_basis = 'england_spend') = (changes.price_basis = 'england_spend')
    where changes.change_verdict in ('improved', 'declined')

),

directed as (

    select
        ranking_id,
        change_verdict as verdict,
        next_verdict,
        case
            when next_verdict = change_verdict then 0
            when next_verdict = 'cannot_be_told_from_noise' then 0
            else 1
        end as is_turned_round
    from followed
    union all
    select
        ranking_id,
        'either' as verdict,
        next_verdict,
        case
            when next_verdict = change_verdict then 0
            when next_verdict = 'cannot_be_told_from_noise' then 0
            else 1
        end as is_turned_round
    from followed

),

final as (

    select
        ranking_id,
        verdict,
        count(*) as verdicts_followed,
        cast(sum(is_turned_round) as bigint) as turned_round,
        cast(sum(case when next_verdict = 'cannot_be_told_from_noise' then 1 else 0 end) as bigint)
            as not_told_from_noise,
        cast(
            sum(case when next_verdict <> 'cannot_be_told_from_noise' and is_turned_round = 0 then 1 else 0 end)
            as bigint
        ) as repeated,
        sum(is_turned_round) / cast(count(*) as {{ council_productivity.number_type() }}) as turned_round_share
    from directed
    group by ranking_id, verdict

)

select * from final
