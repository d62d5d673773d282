-- One row per publication with a rule of completeness, edition and council that it prints: what it counts over what the
-- council's people would be expected to give. Below the least share of the register, or where no population says what
-- to expect, the council's figures do not count, for the reason told here.
with

rules as (

    select * from {{ ref('stg_register__completeness_rules') }}

),

figures as (

    select * from {{ ref('int_figures__by_council') }}

),

population as (

    select
        edition,
        gss_code,
        max(case when item_id = 'pop_18_64' then figure_value end) as aged_18_64,
        max(case when item_id = 'pop_65_plus' then figure_value end) as aged_65_plus
    from figures
    where publication_id = 'ons_population'
    group by edition, gss_code

),

counted as (

    select
        rules.publication_id,
        figures.edition,
        figures.gss_code,
        rules.least_share,
        rules.missing_reason,
        rules.expected_per_1000_aged_18_64,
        rules.expected_per_1000_aged_65_plus,
        {{ council_productivity.round_score('sum(figures.figure_value)') }} as figure_counted
    from rules
    inner join figures
        on
            figures.publication_id = rules.publication_id
            and figures.item_id = rules.item_id
    group by
        rules.publication_id,
        figures.edition,
        figures.gss_code,
        rules.least_share,
        rules.missing_reason,
        rules.expected_per_1000_aged_18_64,
        rules.expected_per_1000_aged_65_plus

),

expected as (

    select
        counted.*,
        {{ council_productivity.round_score(
            '(counted.expected_per_1000_aged_18_64 * population.aged_18_64'
            ~ ' + counted.expected_per_1000_aged_65_plus * population.aged_65_plus) / 1000'
        ) }} as figure_expected
    from counted
    left join population
        on
            population.edition = counted.edition
            and population.gss_code = counted.gss_code

),

shared as (

    select
        *,
        {{ council_productivity.round_score('figure_counted / nullif(figure_expected, 0)') }} as share_of_expected
    from expected

),

final as (

    select
        publication_id,
        edition,
        gss_code,
        figure_counted,
        figure_expected,
        share_of_expected,
        least_share,
        coalesce(share_of_expected >= least_share, false) as is_complete,
        case
            when share_of_expected >= least_share then null
            when figure_expected is null then 'no_population'
            else missing_reason
        end as missing_reason
    from shared

)

select * from final
