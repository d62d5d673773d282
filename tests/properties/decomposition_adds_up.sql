-- Property: the components of a comparison add up to the difference in ln productivity with what they name, to 1e-9,
-- for every council against the median council, its neighbours and its last edition; no comparison is lost.
with

productivity as (

    select
        edition,
        ranking_id,
        gss_code,
        ln(coalesce(productivity, productivity_index / 100)) as ln_productivity
    from {{ ref('fct_ranking') }}
    where productivity_rank is not null

),

summed as (

    select
        edition,
        ranking_id,
        gss_code,
        reference_kind,
        reference_edition,
        reference_gss_code,
        sum(ln_contribution) as contributions
    from {{ ref('fct_position_decomposition') }}
    group by edition, ranking_id, gss_code, reference_kind, reference_edition, reference_gss_code

)

select
    pairs.edition,
    pairs.ranking_id,
    pairs.gss_code,
    pairs.reference_kind,
    pairs.reference_edition,
    pairs.reference_gss_code,
    summed.contributions,
    mine.ln_productivity - theirs.ln_productivity as difference
from {{ ref('int_position__references') }} as pairs
inner join productivity as mine
    on
        mine.edition = pairs.edition
        and mine.ranking_id = pairs.ranking_id
        and mine.gss_code = pairs.gss_code
inner join productivity as theirs
    on
        theirs.edition = pairs.reference_edition
        and theirs.ranking_id = pairs.ranking_id
        and theirs.gss_code = pairs.reference_gss_code
left join summed
    on
        summed.edition = pairs.edition
        and summed.ranking_id = pairs.ranking_id
        and summed.gss_code = pairs.gss_code
        and summed.reference_kind = pairs.reference_kind
        and summed.reference_edition = pairs.reference_edition
        and summed.reference_gss_code = pairs.reference_gss_code
where
    summed.contributions is null
    or abs(summed.contributions - (mine.ln_productivity - theirs.ln_productivity)) > 1e-9
