-- Property: every live council stands in every lens and in the overall table of every index edition, and every active
-- measure of the register has a row for it, ranked, scored or with a reason.
with

live as (

    select
        edition,
        gss_code
    from {{ ref('int_geography__live_councils') }}
    where is_index_edition

),

expected as (

    select
        live.edition,
        live.gss_code,
        lenses.lens_id as what
    from live
    cross join {{ ref('dim_lens') }} as lenses
    union all
    select
        live.edition,
        live.gss_code,
        'overall' as what
    from live
    union all
    select
        live.edition,
        live.gss_code,
        measures.measure_id as what
    from live
    cross join {{ ref('dim_measure') }} as measures
    where measures.status = 'active'

),

found as (

    select
        edition,
        gss_code,
        lens_id as what
    from {{ ref('fct_lens_productivity') }}
    union all
    select
        edition,
        gss_code,
        'overall' as what
    from {{ ref('fct_council_productivity') }}
    union all
    select
        edition,
        gss_code,
        measure_id as what
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
