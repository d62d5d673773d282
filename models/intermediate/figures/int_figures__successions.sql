-- One row per abolished council and council that took its place, and whether its figures go on in it: where one council
-- took the place of one, of as many people.
with

councils as (

    select * from {{ ref('stg_register__councils') }}

),

successions as (

    select
        ended.gss_code,
        successors.gss_code as successor_gss_code,
        count(*) over (partition by ended.gss_code) as successors,
        count(*) over (partition by successors.gss_code) as predecessors
    from councils as ended
    inner join councils as successors
        on concat(' ', ended.successor_gss_codes, ' ') like concat('% ', successors.gss_code, ' %')

),

people as (

    select
        gss_code,
        edition,
        figure_value,
        row_number() over (partition by gss_code order by edition desc) as place_from_last,
        row_number() over (partition by gss_code order by edition) as place_from_first
    from {{ ref('int_figures__by_council') }}
    where
        publication_id = 'ons_population'
        and item_id = 'pop_all'
        and figure_value is not null

),

final as (

    select
        successions.gss_code,
        successions.successor_gss_code,
        last_of_one.figure_value as people_before,
        first_of_other.figure_value as people_after,
        case
            when successions.successors > 1 then 'divided'
            when successions.predecessors > 1 then 'merged'
            when last_of_one.figure_value is null or first_of_other.figure_value is null then 'no_population'
            when abs(first_of_other.figure_value / last_of_one.figure_value - 1) > {{ var('successor_greatest_gap') }}
                then 'other_area'
        end as not_continued_reason
    from successions
    left join people as last_of_one
        on
            last_of_one.gss_code = successions.gss_code
            and last_of_one.place_from_last = 1
    left join people as first_of_other
        on
            first_of_other.gss_code = successions.successor_gss_code
            and first_of_other.place_from_first = 1

)

select * from final
