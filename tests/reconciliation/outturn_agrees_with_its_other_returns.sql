-- Rule: what councils report of a year's social care and housing agrees between returns: social care by line (RO3) with
-- the summary (RS), section 251 with the summary's children's block, and the finance report with the five support
-- reasons before income. England's ratio lies within the bounds measured in November 2026, and so does each council's
-- against England's but for a few. Slough is left out of section 251: a trust ran its children's services, whose spend
-- the summary does not hold.
with

figures as (

    select
        edition,
        gss_code,
        publication_id,
        item_id,
        figure_value
    from {{ ref('int_figures__by_council') }}
    where figure_value is not null

),

totals as (

    select
        printed_code as gss_code,
        period as edition,
        {{ council_productivity.to_number('asc_total_net') }} as asc_total,
        {{ council_productivity.to_number('csc_total_net') }} as csc_total
    from {{ ref('mhclg_social_care_outturn') }}

),

section_251 as (

    select
        spent.edition,
        spent.gss_code,
        sum(spent.spend_gbp) / 1000 as amount
    from {{ ref('int_spend__lines') }} as spent
    where
        spent.ranking_id = 'childrens_services'
        and spent.gss_code <> 'E06000039'
    group by spent.edition, spent.gss_code
    having count(spent.spend_gbp) = count(*)

),

by_reason as (

    select
        edition,
        gss_code,
        sum(spend_gbp) / 1000 as amount
    from {{ ref('int_spend__lines') }}
    where
        age_group is not null
        and publication_id = 'mhclg_social_care_outturn'
    group by edition, gss_code
    having count(spend_gbp) = count(*)

),

report as (

    select
        edition,
        gss_code,
        sum(figure_value) as amount
    from figures
    where publication_id = 'dhsc_adult_social_care_finance'
    group by edition, gss_code
    having count(*) = 4

),

pairs as (

    {% for service, total in {'adult_social_care': 'asc_total', 'children_social_care': 'csc_total'}.items() %}
        select
            '{{ service }}, RO3 to RS' as compared,
            0.99 as lower_bound,
            1.01 as upper_bound,
            totals.edition,
            totals.{{ total }} as amount,
            block.figure_value as other_amount
        from totals
        inner join figures as block
            on
                block.publication_id = 'mhclg_revenue_outturn'
                and block.item_id = '{{ service }}'
                and block.edition = totals.edition
                and block.gss_code = totals.gss_code
        where totals.{{ total }} is not null
        union all
    {% endfor %}
    select
        'children''s services, section 251 to RS' as compared,
        0.95 as lower_bound,
        1.05 as upper_bound,
        section_251.edition,
        section_251.amount,
        block.figure_value as other_amount
    from section_251
    inner join figures as block
        on
            block.publication_id = 'mhclg_revenue_outturn'
            and block.item_id = 'children_social_care'
            and block.edition = section_251.edition
            and block.gss_code = section_251.gss_code
    union all
    select
        'adult social care by age, finance report to RO3' as compared,
        0.80 as lower_bound,
        0.95 as upper_bound,
        report.edition,
        report.amount,
        by_reason.amount as other_amount
    from report
    inner join by_reason
        on
            by_reason.edition = report.edition
            and by_reason.gss_code = report.gss_code

),

england as (

    select
        compared,
        edition,
        max(lower_bound) as lower_bound,
        max(upper_bound) as upper_bound,
        count(*) as councils,
        sum(amount) / sum(other_amount) as england_ratio
    from pairs
    group by compared, edition

),

apart as (

    select
        pairs.compared,
        pairs.edition,
        count(*) as councils_apart
    from pairs
    inner join england
        on
            england.compared = pairs.compared
            and england.edition = pairs.edition
    where pairs.amount / nullif(pairs.other_amount, 0) / england.england_ratio not between 0.6 and 1.6
    group by pairs.compared, pairs.edition

),

failing as (

    select
        england.compared,
        england.edition,
        england.councils,
        england.england_ratio,
        coalesce(apart.councils_apart, 0) as councils_apart,
        'the two returns agree for England, and for all councils but three' as rule
    from england
    left join apart
        on
            apart.compared = england.compared
            and apart.edition = england.edition
    where
        england.england_ratio not between england.lower_bound and england.upper_bound
        or coalesce(apart.councils_apart, 0) > 3
        or england.councils < 130

)

select * from failing
where {{ council_productivity.not_accepted(['compared', 'edition']) }}
