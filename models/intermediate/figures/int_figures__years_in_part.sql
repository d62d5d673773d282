-- One row per publication and edition of which only some quarters or months are printed: the year is not over, or not
-- published yet. Nothing of it is scored.
with

printed as (

    select
        publication_id,
        edition,
        count(distinct sub_period) as parts_held,
        cast(right(min(sub_period), 2) as integer) as first_month,
        cast(right(max(sub_period), 2) as integer) as last_month,
        max({{ council_productivity.parts_of_year('publication_id', 'edition') }}) as parts_of_year
    from {{ ref('int_figures__printed') }}
    where {{ council_productivity.parts_of_year('publication_id', 'edition') }} > 1
    group by publication_id, edition

),

named as (

    -- Quarters are printed by their last month.
    select
        publication_id,
        edition,
        parts_held,
        parts_of_year,
        case when parts_of_year = 4 then first_month - 2 else first_month end as first_month,
        last_month,
        case when parts_of_year = 4 then 'quarters' else 'months' end as kind_of_parts
    from printed
    where parts_held < parts_of_year

),

final as (

    select
        publication_id,
        edition,
        parts_held,
        parts_of_year,
        edition || ': ' || {{ council_productivity.month_name('first_month') }}
        || case
            when first_month = last_month then ''
            else ' to ' || {{ council_productivity.month_name('last_month') }}
        end
        || ' only ('
        || cast(parts_held as {{ dbt.type_string() }}) || ' of ' || cast(parts_of_year as {{ dbt.type_string() }})
        || ' ' || kind_of_parts || '), not scored' as held_in_part
    from named

)

select * from final
