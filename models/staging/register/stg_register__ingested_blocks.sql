-- A block is named by what its rows share, ` | ` between: an item and a period, or a period alone where each item has a
-- column of its own.
with

register as (

    select * from {{ ref('ingested_blocks') }}

),

named as (

    select
        {{ dbt.split_part('seed', "'/'", 2) }} as publication_id,
        column_name,
        coalesce({{ dbt.split_part('block', "' | '", 1) }}, '') as part_1,
        coalesce({{ dbt.split_part('block', "' | '", 2) }}, '') as part_2,
        coalesce({{ dbt.split_part('block', "' | '", 3) }}, '') as part_3,
        sha256,
        sheet,
        code_kind,
        code_column,
        value_column,
        first_row,
        last_row
    from register

),

told_apart as (

    select
        *,
        case
            when part_2 = '' then column_name
            else part_1 || case part_2 when '65+' then '_65_plus' when '18-64' then '_18_64' else '' end
        end as item_id,
        replace(
            trim(
                replace(
                    case when part_3 <> '' then part_3 when part_2 <> '' then part_2 else part_1 end,
                    '(OT)',
                    ''
                )
            ),
            '/',
            '-'
        ) as period
    from named

),

dated as (

    -- As the publications' own staging models date them: quarters and months by their year, snapshots by the year in
    -- which they fall, DfE's years by their end.
    select
        *,
        case
            when publication_id = 'dfe_lait' and period not like '____-__' then -1
            when publication_id = 'nhs_delayed_transfers' and substr(period, 6, 2) < '04' then -1
            when length(period) = 6 and substr(period, 5, 2) < '04' then -1
            else 0
        end as years_after
    from told_apart
    where period like '20__%'

),

final as (

    select
        publication_id,
        item_id,
        period,
        case
            when period like '____-__' and publication_id <> 'nhs_delayed_transfers' then period
            else {{ council_productivity.edition_starting_in('cast(left(period, 4) as integer) + years_after') }}
        end as edition,
        sha256,
        nullif(sheet, '') as sheet,
        nullif(code_kind, '') as code_kind,
        nullif(code_column, '') as code_column,
        nullif(value_column, '') as value_column,
        cast(nullif(first_row, '') as bigint) as first_row,
        cast(nullif(last_row, '') as bigint) as last_row
    from dated

)

select * from final
