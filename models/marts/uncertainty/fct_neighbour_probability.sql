{{ config(pre_hook="{{ council_productivity.join_by_hashing(group_too=true) }}") }}

with

ranks as (

    select
        edition,
        lens_id,
        cell_id,
        gss_code,
        productivity
    from {{ ref('int_draws__ranks') }}
    where
        scenario_id = 'uncertainty'
        and lens_kind <> 'module'

),

neighbours as (

    select * from {{ ref('bridge_council_neighbour') }}

),

final as (

    -- DfE's neighbours are those of children's services and serve that lens only.
    select
        mine.edition,
        mine.gss_code,
        mine.lens_id,
        neighbours.neighbour_set,
        neighbours.neighbour_gss_code,
        neighbours.neighbour_rank,
        avg(
            cast(
                case
                    when mine.productivity > theirs.productivity then 1
                    when mine.productivity = theirs.productivity then 0.5
                    else 0
                end as {{ council_productivity.number_type() }}
            )
        ) as probability_above
    from ranks as mine
    inner join neighbours
        on
            neighbours.gss_code = mine.gss_code
            and (neighbours.neighbour_set = 'ons_nearest_neighbours' or mine.lens_id = 'childrens_social_care')
    inner join ranks as theirs
        on
            theirs.cell_id = mine.cell_id
            and theirs.gss_code = neighbours.neighbour_gss_code
    group by
        mine.edition,
        mine.gss_code,
        mine.lens_id,
        neighbours.neighbour_set,
        neighbours.neighbour_gss_code,
        neighbours.neighbour_rank

)

select * from final
