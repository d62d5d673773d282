-- One row per edition of the index and live council: what it finds and does not choose, income deprivation, the share
-- of its adults who are 85 and over, and how densely people live. Empty where one of the figures is not held.
with

live as (

    select
        edition,
        gss_code
    from {{ ref('int_calendar__live_councils') }}
    where is_index_edition

),

deprivation as (

    select * from {{ ref('stg_mhclg__deprivation') }}

),

people as (

    select
        edition,
        gss_code,
        max(case when item_id = 'pop_all' then figure_value end) as people,
        max(case when item_id = 'pop_18_plus' then figure_value end) as adults,
        max(case when item_id = 'pop_65_plus' then figure_value end) as aged_65_plus,
        max(case when item_id = 'pop_85_plus' then figure_value end) as aged_85_plus,
        max(case when item_id = 'area_sq_km' then figure_value end) as area_sq_km
    from {{ ref('int_figures__by_council') }}
    where publication_id = 'ons_population'
    group by edition, gss_code

),

final as (

    select
        live.edition,
        live.gss_code,
        deprivation.income_deprivation,
        deprivation.income_deprivation_children,
        deprivation.income_deprivation_older_people,
        {{ council_productivity.round_score('people.aged_85_plus / nullif(people.adults, 0)', digits=12) }}
            as share_85_plus_of_adults,
        {{ council_productivity.round_score('people.aged_85_plus / nullif(people.aged_65_plus, 0)', digits=12) }}
            as share_85_plus_of_65_plus,
        {{ council_productivity.round_score('ln(people.people / nullif(people.area_sq_km, 0))', digits=12) }}
            as ln_people_per_sq_km
    from live
    left join deprivation
        on deprivation.gss_code = live.gss_code
    left join people
        on
            people.edition = live.edition
            and people.gss_code = live.gss_code

)

select * from final
