-- Property: every live council stands in every lens and module and in the overall table, in every edition in which
-- they are computed, and every active measure of the register has a row for it, ranked, scored or with a reason.
with

live as (

    select * from {{ ref('int_calendar__ranking_councils') }}

),

expected as (

    select
        edition,
        gss_code,
        ranking_id as what
    from live
    union all
    select distinct
        edition,
        gss_code,
        'overall' as what
    from live
    where ranking_kind = 'lens'
    union all
    select
        live.edition,
        live.gss_code,
        uses.ranking_id || ' ' || uses.measure_id as what
    from live
    inner join {{ ref('stg_register__ranking_measures') }} as uses
        on uses.ranking_id = live.ranking_id
    where uses.status = 'active'

),

found as (

    select
        edition,
        gss_code,
        ranking_id as what
    from {{ ref('fct_ranking') }}
    union all
    select
        edition,
        gss_code,
        ranking_id || ' ' || measure_id as what
    from {{ ref('fct_measure_grade') }}

)

select
    expected.edition,
    expected.gss_code,
    expected.what
from expected
left join found
    on
        found.edition = expected.edition
        and found.gss_code = expected.gss_code
        and found.what = expected.what
where found.what is null
