-- Properties of a module's marts: nine published ranks of ten lie inside their bands; the top ten holds exactly the
-- ranks to ten; the profile has the rows of the standing with the same rank; a peer median lies within the peers'
-- values.
{% set modules = ['adult_social_care', 'childrens_services', 'valuing_care'] %}

with

inside as (

    {% for module in modules %}
        select
            '{{ module }}' as module_id,
            edition,
            avg(case when productivity_rank between rank_p05 and rank_p95 then 1.0 else 0.0 end) as share_inside
        from {{ ref('fct_' ~ module) }}
        where productivity_rank is not null
        group by edition
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

listed as (

    {% for module in modules %}
        select
            '{{ module }}' as module_id,
            standing.edition,
            standing.gss_code
        from {{ ref('fct_' ~ module) }} as standing
        left join {{ ref('fct_' ~ module ~ '_top_ten') }} as top_ten
            on
                top_ten.edition = standing.edition
                and top_ten.gss_code = standing.gss_code
        left join {{ ref('rpt_' ~ module ~ '_profile') }} as profile
            on
                profile.edition = standing.edition
                and profile.gss_code = standing.gss_code
        where
            coalesce(standing.productivity_rank <= 10, false) <> (top_ten.gss_code is not null)
            or profile.gss_code is null
            or coalesce(profile.productivity_rank, 0) <> coalesce(standing.productivity_rank, 0)
        union all
    {% endfor %}
    select
        lens_id as module_id,
        edition,
        gss_code
    from {{ ref('int_lenses__ranked') }}
    where
        lens_kind = 'module'
        and (quadrant is null) <> (productivity_rank is null)

),

peers as (

    select
        medians.lens_id as module_id,
        medians.edition,
        medians.gss_code
    from {{ ref('int_modules__peer_medians') }} as medians
    inner join {{ ref('stg_register__lenses') }} as lenses
        on lenses.lens_id = medians.lens_id
    inner join {{ ref('bridge_council_neighbour') }} as neighbours
        on
            neighbours.gss_code = medians.gss_code
            and neighbours.neighbour_set = lenses.neighbour_set
    inner join {{ ref('int_modules__figures') }} as figures
        on
            figures.lens_id = medians.lens_id
            and figures.edition = medians.edition
            and figures.figure_id = medians.figure_id
            and figures.gss_code = neighbours.neighbour_gss_code
    where figures.figure_value is not null
    group by
        medians.lens_id,
        medians.edition,
        medians.gss_code,
        medians.figure_id,
        medians.peer_median,
        medians.peers_held
    having
        count(*) <> medians.peers_held
        -- half of the peers lie on each side of their median
        or 2 * sum(case when figures.figure_value < medians.peer_median then 1 else 0 end) > count(*)
        or 2 * sum(case when figures.figure_value > medians.peer_median then 1 else 0 end) > count(*)

)

select
    module_id,
    edition,
    cast(null as {{ dbt.type_string() }}) as gss_code,
    'nine published ranks of ten lie inside their bands' as rule
from inside
where share_inside < 0.9
union all
select
    module_id,
    edition,
    gss_code,
    'top ten, profile and quadrant follow from the rank' as rule
from listed
union all
select
    module_id,
    edition,
    gss_code,
    'half of the peers lie on each side of their median' as rule
from peers
