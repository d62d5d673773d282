{{ config(pre_hook="{{ council_productivity.join_by_hashing(group_too=true) }}") }}

-- Sixty million comparisons: pairs are joined by numbers, an eighth of the time that names take, and two councils that
-- are neighbours of each other are compared once.
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
        cast(row_number() over (order by edition, ranking_id, gss_code) as integer) as ranked_number
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
        pairs.first_number,
        pairs.second_number,
        -- whole and half draws, which add up exactly
        sum(
            cast(
                case
                    when one.productivity > other.productivity then 1
                    when one.productivity = other.productivity then 0.5
                    else 0
                end as {{ council_productivity.number_type() }}
            )
        ) as draws_above,
        count(*) as draws_compared
    from (
        select distinct
            least(my_number, their_number) as first_number,
            greatest(my_number, their_number) as second_number
        from pairs
    ) as pairs
    inner join drawn as one
        on one.ranked_number = pairs.first_number
    inner join drawn as other
        on
            other.ranked_number = pairs.second_number
            and other.draw = one.draw
    group by pairs.first_number, pairs.second_number

),

final as (

    select
        pairs.edition,
        pairs.gss_code,
        pairs.ranking_id,
        pairs.peer_group_id,
        pairs.peer_gss_code,
        pairs.peer_order,
        case
            when pairs.my_number = compared.first_number then compared.draws_above
            else compared.draws_compared - compared.draws_above
        end / compared.draws_compared as probability_above
    from pairs
    inner join compared
        on
            compared.first_number = least(pairs.my_number, pairs.their_number)
            and compared.second_number = greatest(pairs.my_number, pairs.their_number)

)

select * from final
