-- One row per edition and lens scored in it: its weight, the weight it has by what England spends on it, its frozen
-- spread, and the spend index of every council in four ways, in the order of their places, in billionths.
with lenses_of_editions as (
    select distinct
        edition,
        ranking_id
    from marts.fct_spend_variant
),

indexed as (
    select
        places.edition,
        lenses.ranking_id,
        places.place,
        variants.spend_index,
        variants.need_adjusted_spend_index,
        variants.three_year_spend_index,
        variants.need_and_place_spend_index
    from what_if_places as places
    inner join lenses_of_editions as lenses using (edition)
    left join marts.fct_spend_variant as variants using (edition, gss_code, ranking_id)
),

spelt as (
    select
        edition,
        ranking_id,
        string_agg(in_seven_signs(spend_index, 1e9), '' order by place) as raw_spend,
        string_agg(in_seven_signs(need_adjusted_spend_index, 1e9), '' order by place) as need_adjusted_spend,
        string_agg(in_seven_signs(three_year_spend_index, 1e9), '' order by place) as three_year_spend,
        string_agg(in_seven_signs(need_and_place_spend_index, 1e9), '' order by place) as need_and_place_spend
    from indexed
    group by edition, ranking_id
)

select
    spelt.edition,
    spelt.ranking_id,
    lenses.ranking_name,
    lenses.weight_in_overall,
    round(
        england.spend_counted_once_gbp / avg(england.spend_counted_once_gbp) over (partition by spelt.edition), 9
    ) as spend_weight,
    status.spread_scale,
    spelt.raw_spend,
    spelt.need_adjusted_spend,
    spelt.three_year_spend,
    spelt.need_and_place_spend
from spelt
inner join marts.dim_ranking as lenses using (ranking_id)
inner join marts.dim_ranking_edition as status using (edition, ranking_id)
inner join marts.fct_england as england using (edition, ranking_id)
order by spelt.edition, lenses.ranking_order
