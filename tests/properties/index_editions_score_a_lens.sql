-- Rule: an edition of the index scores at least one lens, and as many as the register says. Where it does not,
-- each lens that is not scored is named with what it lacks: an edition marked as one of the index and no more
-- would have none.
with

editions as (

    select * from {{ ref('stg_register__editions') }}
    where is_index_edition

),

lenses as (

    select
        editions.edition,
        editions.minimum_lenses_scored,
        lenses.ranking_id,
        lenses.first_edition,
        lenses.last_edition,
        status.measures_active,
        status.is_scored,
        status.not_scored_reason
    from editions
    cross join {{ ref('stg_register__rankings') }} as lenses
    left join {{ ref('int_rankings__edition_status') }} as status
        on
            status.edition = editions.edition
            and status.ranking_id = lenses.ranking_id
    where lenses.ranking_kind = 'lens'

),

scored as (

    select
        edition,
        sum(case when is_scored then 1 else 0 end) as lenses_scored
    from lenses
    group by edition

)

select
    lenses.edition,
    lenses.ranking_id,
    case
        when lenses.edition < lenses.first_edition or lenses.edition > lenses.last_edition
            then 'the lens is computed from ' || lenses.first_edition || ' to ' || lenses.last_edition
        when lenses.not_scored_reason = 'too_few_measures'
            then
                cast(lenses.measures_active as {{ dbt.type_string() }})
                || ' of {{ var("lens_minimum_active_measures") }} active measures'
        else coalesce(lenses.not_scored_reason, 'no council is live')
    end as lacks,
    scored.lenses_scored,
    lenses.minimum_lenses_scored,
    'an edition of the index scores a lens, and as many as the register says: make edition says what is missing' as rule
from lenses
inner join scored
    on scored.edition = lenses.edition
where
    not coalesce(lenses.is_scored, false)
    and (scored.lenses_scored = 0 or scored.lenses_scored < lenses.minimum_lenses_scored)
