-- One row per lens, base edition between two others, and council: the like-for-like change in its outcome score to the
-- edition, the change after it, and the sampling variance of the score that both share.
with

changes as (

    select
        ranking_id,
        edition,
        from_edition,
        gss_code,
        outcome_now - outcome_before as outcome_change
    from {{ ref('int_change__rankings') }}
    where
        ranking_kind = 'lens'
        and from_edition >= '{{ var("goalpost_first_edition") }}'
        and edition <= '{{ var("goalpost_last_edition") }}'

),

final as (

    select
        earlier.ranking_id,
        earlier.edition,
        earlier.gss_code,
        earlier.outcome_change as first_change,
        later.outcome_change as second_change,
        sampling.outcome_standard_error * sampling.outcome_standard_error as sampling_variance
    from changes as earlier
    inner join changes as later
        on
            later.ranking_id = earlier.ranking_id
            and later.gss_code = earlier.gss_code
            and later.from_edition = earlier.edition
    inner join {{ ref('int_noise__outcome_sampling_error') }} as sampling
        on
            sampling.ranking_id = earlier.ranking_id
            and sampling.edition = earlier.edition
            and sampling.gss_code = earlier.gss_code

)

select * from final
