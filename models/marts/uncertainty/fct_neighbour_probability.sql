{{ config(pre_hook="{{ council_productivity.join_by_hashing(group_too=true) }}") }}

-- Sixty million comparisons: pairs are joined by numbers, an eighth of the time that names take.
with

draws as (

    select
        edition,
        ranking_id,
        gss_code,
        draw,
        productivity
    from {{ ref('int_draws__ranks') }}
    where
        scenario_id = 'uncertainty'
        and ranking_kind <> 'module'

),

ranked as (

    select
        edition,
        ranking_id,
        gss_code,
        row_number() over (order by edition, ranking_id, gss_code) as ranked_number
    from (
        select distinct
            edition,
            ranking_id,
            gss_code
        from draws
    ) as each_once

),

drawn as (

    select
        ranked.ranked_number,
        draws.draw,
        draws.productivity
    from draws
    inner join ranked
        on
            ranked.edition = draws.edition
            and ranked.ranking_id = draws.ranking_id
            and ranked.gss_code = draws.gss_code

),

pairs as (

    -- Region and type are no neighbours, and too many.
    select
        mine.edition,
        mine.gss_code,
        mine.ranking_id,
        neighbours.peer_group_id,
        neighbours.peer_gss_code,
        neighbours.peer_order,
        mine.ranked_number as my_number,
        theirs.ranked_number as their_number
    from {{ ref('int_peers__by_ranking') }} as neighbours
    inner join ranked as mine
        on
            mine.ranking_id = neighbours.ranking_id
            and mine.gss_code = neighbours.gss_code
    inner join ranked as theirs
        on
            theirs.ranking_id = neighbours.ranking_id
            and theirs.gss_code = neighbours.peer_gss_code
            and theirs.edition = mine.edition
    where neighbours.is_published

),

compared as (

    select
        pairs.my_number,
        pairs.their_number,
        avg(
            cast(
                case
                    when mine.productivity > theirs.productivity then 1
                    when mine.productivity = theirs.productivity then 0.5
                    else 0
                end as {{ council_productivity.number_type() }}
            )
        ) as probability_above
    from (
        select distinct
            my_number,
            their_number
        from pairs
    ) as pairs
    inner join drawn as mine
        on mine.ranked_number = pairs.my_number
    inner join drawn as theirs
        on
            theirs.ranked_number = pairs.their_number
            and theirs.draw = mine.draw
    group by pairs.my_number, pairs.their_number

),

final as (

    select
        pairs.edition,
        pairs.gss_code,
        pairs.ranking_id,
        pairs.peer_group_id,
        pairs.peer_gss_code,
        pairs.peer_order,
        compared.probability_above
    from pairs
    inner join compared
        on
            compared.my_number = pairs.my_number
            and compared.their_number = pairs.their_number

)

select * from final
