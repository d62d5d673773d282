-- Properties of the delayed transfers: health, social care and both add up to all delayed days, and so do the
-- reasons, ten before April 2017 and eleven from then on; England is the sum of the councils; a rate times adults
-- gives back the days; a rank is 1 + the number with a lower rate; nothing is missing without a reason.
{% set reasons = council_productivity.delayed_transfer_reasons() | reject('equalto', 'other') %}

with

months as (

    select * from {{ ref('fct_delayed_transfers_month') }}

),

ranked as (

    select
        mine.gss_code,
        mine.month,
        mine.rate_rank,
        mine.ranked_councils,
        count(*) as councils,
        1 + sum(
            case
                when theirs.delayed_beds_per_day_per_100k_adults < mine.delayed_beds_per_day_per_100k_adults then 1
                else 0
            end
        ) as rank_counted
    from months as mine
    inner join months as theirs
        on
            theirs.month = mine.month
            and theirs.rate_rank is not null
    where mine.rate_rank is not null
    group by mine.gss_code, mine.month, mine.rate_rank, mine.ranked_councils

),

england as (

    select
        charted.month,
        max(charted.delayed_days) as england_days,
        sum(months.delayed_days) as councils_days
    from {{ ref('fct_delayed_transfers_area_month') }} as charted
    inner join months
        on months.month = charted.month
    where charted.area_kind = 'country'
    group by charted.month

)

select
    gss_code,
    month,
    'health, social care and both add up to all days' as rule
from months
where
    delayed_days is not null
    -- a council that reports nothing prints a total of 0 and no parts
    and coalesce(abs(delayed_days_nhs + delayed_days_social_care + delayed_days_both - delayed_days), delayed_days)
    > 1e-9
union all
select
    gss_code,
    month,
    'the reasons add up to all days' as rule
from months
where
    delayed_days is not null
    and (
        coalesce(
            abs(
                coalesce(delayed_days_other, 0) - delayed_days
                {% for reason in reasons %}
                    + delayed_days_{{ reason }}
                {% endfor %}
            ),
            delayed_days
        ) > 1e-9
        or (delayed_days > 0 and (delayed_days_other is not null) <> (month >= '2017-04'))
    )
union all
select
    gss_code,
    month,
    'a rate times adults and days gives back the days' as rule
from months
where
    delayed_beds_per_day_per_100k_adults is not null
    and abs(delayed_beds_per_day_per_100k_adults * adults / 100000 * days_in_month - delayed_days) > 1e-3
union all
select
    gss_code,
    month,
    'a rate is missing exactly when a reason is given' as rule
from months
where (delayed_beds_per_day_per_100k_adults is null) <> (missing_reason is not null)
union all
select
    gss_code,
    month,
    'a rank is 1 + the number with a lower rate' as rule
from ranked
where
    rate_rank <> rank_counted
    or ranked_councils <> councils
union all
select
    'E92000001' as gss_code,
    month,
    'England is the sum of the councils' as rule
from england
where abs(england_days - councils_days) > 1e-6
