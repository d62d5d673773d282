-- Each figure can be traced to the file that it comes from, or stands in the register of carried figures with its
-- source and a checksum. The ingest writes the one, a person the other.
with

periods as (

    select distinct
        seed,
        period
    from printed
    union
    select
        'register/authorities' as seed,
        authorities.edition as period
    from authorities
    inner join asked using (edition)

),

explained as (

    select
        seed,
        unnest(string_split(block, ' | ')) as period
    from ingested_blocks
    union
    select
        seed,
        unnest(string_split(part, ' | ')) as period
    from carried_figures

),

carried_whole as (

    select
        seed,
        rows_carried::integer as rows_carried,
        case seed
            when 'context/hmt_gdp_deflator' then (select count(*) from hmt_gdp_deflator)
            when 'outcomes/nhs_discharge_ready' then (select count(*) from nhs_discharge_ready)
            when 'outcomes/nhs_discharge_ready_by_delay' then (select count(*) from nhs_discharge_ready_by_delay)
            when 'spend/dhsc_adult_social_care_finance' then (select count(*) from dhsc_adult_social_care_finance)
            when 'register/councils' then (select count(*) from councils)
        end as rows_there
    from carried_figures
    where part_column is null

)

select
    'ingested_blocks.csv: block' as place,
    seed as subject,
    'nothing on ' || few(list(period)) as now,
    'make ingest, or carried_figures.csv' as to_do
from periods
anti join explained using (seed, period)
anti join carried_whole using (seed)
group by seed
union all
select
    'carried_figures.csv: rows_carried, sha256' as place,
    seed as subject,
    rows_carried || ' rows, ' || rows_there || ' are there' as now,
    'as python -m scripts.ingest.carried says' as to_do
from carried_whole
where rows_there > rows_carried
order by place, subject
