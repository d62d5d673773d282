-- Oracle, step 1: every normalisation of the published example, a row per normalisation, unit and measure.
-- `oracle_values` is long, with a direction of +1 or -1 and the published percentiles as posts.
{% set by_measure = "data_set, measure" %}
{% set minmax_one = council_productivity.minmax_score("reading", by_measure, "direction") %}
{% set minmax_hundred = council_productivity.minmax_score("reading", by_measure, "direction", 0, 100) %}
{% set minmax_unit = council_productivity.minmax_score("reading", by_measure, "direction", 0, 1) %}
{% set zscore = council_productivity.zscore_score("reading", by_measure, "direction") %}
{% set zscore_hundred = council_productivity.zscore_score("reading", by_measure, "direction", 100, 10) %}
{% set percentile = council_productivity.percentile_rank_score("reading", by_measure, "direction", 0, 1) %}
-- A Borda score is the number of others that are worse, so its scale ends at n - 1.
{% set borda = council_productivity.percentile_rank_score(
    "reading", by_measure, "direction", 0, "(count(reading) over (partition by " ~ by_measure ~ ") - 1)"
) %}
-- The example's goalposts run from 0 to 100, the index's from 1 to 100.
{% set goalposts = council_productivity.goalpost_score(
    "reading",
    "case direction when 1 then lower_post else upper_post end",
    "case direction when 1 then upper_post else lower_post end",
) %}
{% set methods = [
    ("raw", "minmax1_100", minmax_one),
    ("raw", "minmax0_100", minmax_hundred),
    ("raw", "dist2max", minmax_unit),
    ("raw", "zscore0_1", zscore),
    ("raw", "zscore100_10", zscore_hundred),
    ("raw", "prank", percentile),
    ("raw", "borda", borda),
    ("raw", "goalposts", "(" ~ goalposts ~ " - 1) * 100 / 99"),
    ("treated", "treated_minmax1_100", minmax_one),
] %}

{% for data_set, method, score in methods %}
    select
        '{{ method }}' as normalisation,
        unit_code,
        measure,
        {{ score }} as score
    from oracle_values
    where data_set = '{{ data_set }}'
    {% if not loop.last %}union all{% endif %}
{% endfor %}
