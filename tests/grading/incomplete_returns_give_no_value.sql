-- Rule: a council whose returns lie below the least share of the register of completeness has no value in any measure
-- of the publication, and one above it has no reason from there. Worked out again from printed figures and populations.
with

returned as (

    select
        rules.publication_id,
        figures.edition,
        figures.gss_code,
        max(rules.least_share) as least_share,
        sum(case when figures.publication_id = rules.publication_id then figures.figure_value else 0 end) as counted,
        sum(
            case figures.item_id
                when 'pop_18_64' then figures.figure_value * rules.expected_per_1000_aged_18_64
                when 'pop_65_plus' then figures.figure_value * rules.expected_per_1000_aged_65_plus
                else 0
            end
        ) / 1000 as expected
    from {{ ref('stg_register__completeness_rules') }} as rules
    inner join {{ ref('int_figures__by_council') }} as figures
        on
            (figures.publication_id = rules.publication_id and figures.item_id = rules.item_id)
            or (figures.publication_id = 'ons_population' and figures.item_id in ('pop_18_64', 'pop_65_plus'))
    group by rules.publication_id, figures.edition, figures.gss_code

)

select
    calculated.measure_id,
    calculated.edition,
    calculated.gss_code,
    returned.counted,
    returned.expected,
    calculated.measure_value,
    'a council counts exactly where its returns are complete enough' as rule
from {{ ref('int_measures__calculated') }} as calculated
inner join {{ ref('stg_register__measures') }} as measures
    on measures.measure_id = calculated.measure_id
inner join returned
    on
        returned.publication_id = measures.publication_id
        and returned.edition = calculated.edition
        and returned.gss_code = calculated.gss_code
where
    (calculated.measure_value is not null and returned.counted < returned.least_share * returned.expected - 1e-6)
    or (calculated.measure_value is null and returned.counted > returned.least_share * returned.expected + 1e-6)
