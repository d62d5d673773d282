-- Property: the spend of a ranking is the sum of its lines, and missing where one of them is.
with

lines as (

    select
        edition,
        gss_code,
        ranking_id,
        sum(spend_gbp) as lines_gbp,
        sum(case when missing_reason is not null then 1 else 0 end) as lines_missing
    from {{ ref('fct_spend_line') }}
    group by edition, gss_code, ranking_id

),

spend as (

    select
        edition,
        gss_code,
        ranking_id,
        spend_gbp
    from {{ ref('int_rankings__ranked') }}

)

select
    spend.edition,
    spend.gss_code,
    spend.ranking_id,
    spend.spend_gbp,
    lines.lines_gbp,
    lines.lines_missing,
    'the spend of a ranking is the sum of its lines' as rule
from spend
left join lines
    on
        lines.edition = spend.edition
        and lines.gss_code = spend.gss_code
        and lines.ranking_id = spend.ranking_id
where
    (spend.spend_gbp is null) <> (lines.lines_gbp is null or lines.lines_missing > 0)
    or abs(spend.spend_gbp - lines.lines_gbp) > 0.01
