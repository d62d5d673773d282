-- What the measures, the spend and the need of the edition are made of is held, for nine in ten councils and every
-- quarter or month that a measure needs. A measure that counts without figures stops the build; a lens without spend
-- or need is not scored; without margins of error the bands come out too narrow. For a measure there is a way round: a
-- row of measure_gaps.csv, or an earlier last_edition.
with

enough as (

    select getvariable('measure_minimum_coverage') * count(*) as councils
    from live
    where is_rankable

),

judged as (

    select
        needed.*,
        case
            when needed.codes = 0 then 'no figures'
            when needed.periods < needed.minimum_periods
                then needed.periods || ' of ' || needed.minimum_periods || ' quarters or months'
            when needed.codes < enough.councils then 'figures of ' || counted(needed.codes, 'council')
        end as now
    from needed
    cross join enough

),

placed as (

    select
        *,
        -- what all items of a publication lack is one thing to fetch
        min(coalesce(now, '')) over (partition by publication_id)
        = max(coalesce(now, '')) over (partition by publication_id) as is_whole
    from judged

),

summed as (

    select
        publication_id,
        case when is_whole then null else item_id end as item_id,
        any_value(now) as now,
        list(distinct needed_for) filter (needed_by in ('measure', 'margin')) as measures,
        list(distinct needed_for) filter (needed_by in ('need', 'spend')) as lenses
    from placed
    where now is not null
    group by publication_id, case when is_whole then null else item_id end

)

select
    concat_ws(': ', publication_id || '.csv', item_id) as place,
    case
        when coalesce(len(lenses), 0) + coalesce(len(measures), 0) = 1 then coalesce(lenses[1], measures[1])
        else concat_ws(
            ', ',
            case len(lenses) when 1 then '1 lens' else len(lenses) || ' lenses' end,
            counted(len(measures), 'measure')
        )
    end as subject,
    now,
    'make ingest' || case when measures is null then '' else ', or a way round' end as to_do
from summed
order by place
