with

measures as (

    select * from {{ ref('stg_register__measures') }}

),

editions as (

    select * from {{ ref('stg_register__editions') }}

),

located as (

    select * from {{ ref('int_figures__located') }}

),

asked as (

    select
        measure_id,
        first_edition,
        last_edition,
        case when calculation = 'as_printed' then 'value' else 'numerator' end as part,
        publication_id,
        numerator_item_id as item_id
    from measures

    union all

    select
        measure_id,
        first_edition,
        last_edition,
        'denominator' as part,
        denominator_publication_id as publication_id,
        denominator_item_id as item_id
    from measures
    where denominator_item_id is not null

),

final as (

    select
        asked.measure_id,
        located.edition,
        asked.part,
        located.publication_id,
        located.item_id,
        located.period,
        located.file_name,
        located.retrieved_on,
        located.sheet,
        located.value_column,
        located.code_column,
        located.code_kind,
        located.first_row,
        located.last_row
    from asked
    inner join located
        on
            located.publication_id = asked.publication_id
            and located.asked_item_id = asked.item_id
            and located.edition between asked.first_edition and asked.last_edition
    inner join editions on editions.edition = located.edition

)

select * from final
