-- One row per publication and part of it whose figures come second-hand, not out of a file of the publisher: the
-- edition and the item, each empty where all are, and where they come from.
with

carried as (

    select
        seed,
        part_column,
        part,
        source,
        cast({{ council_productivity.to_number('part') }} as bigint) as part_year
    from {{ ref('stg_register__carried_figures') }}

),

publications as (

    select publication_id
    from {{ ref('stg_register__publications') }}

),

final as (

    select
        publications.publication_id,
        case
            when carried.part_column in ('year', 'snapshot_year')
                then {{ council_productivity.edition_starting_in('carried.part_year') }}
            when carried.part_column = 'item_id | period'
                then {{ dbt.split_part('carried.part', "' | '", 2) }}
            else carried.part
        end as edition,
        case
            when carried.part_column = 'item_id | period'
                then {{ dbt.split_part('carried.part', "' | '", 1) }}
        end as item_id,
        carried.source as second_hand_source
    from carried
    inner join publications
        on publications.publication_id = carried.seed

)

select * from final
