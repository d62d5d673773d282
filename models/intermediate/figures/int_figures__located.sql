-- One row per publication, item, edition and period that an ingested file gives: where in the file the figures are.
-- What no file gives is left out.
with

blocks as (

    select * from {{ ref('stg_register__ingested_blocks') }}

),

files as (

    select * from {{ ref('stg_register__ingested_files') }}

),

-- A wait for a care home is two items of the publisher.
items as (

    select distinct
        publication_id,
        item_id,
        item_id as asked_item_id
    from blocks

    union all

    select distinct
        publication_id,
        item_id,
        'awaiting_care_home' as asked_item_id
    from blocks
    where
        publication_id = 'nhs_delayed_transfers'
        and item_id in ('awaiting_residential_home', 'awaiting_nursing_home')

),

final as (

    select
        blocks.publication_id,
        blocks.item_id,
        blocks.edition,
        blocks.period,
        files.file_name,
        files.retrieved_on,
        blocks.sheet,
        blocks.code_kind,
        blocks.code_column,
        blocks.value_column,
        blocks.first_row,
        blocks.last_row,
        items.asked_item_id
    from blocks
    inner join files on files.sha256 = blocks.sha256
    inner join items
        on
            items.publication_id = blocks.publication_id
            and items.item_id = blocks.item_id
    where blocks.value_column is not null

)

select * from final
