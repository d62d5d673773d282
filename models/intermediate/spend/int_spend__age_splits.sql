-- One row per edition and live council with adult social care by age: the share of it spent on people aged 65 and
-- over, less England's in the same return, held against the same in the evidence of the register. A budget is held
-- against the median of what is held of the council's outturn by age, outturn against the finance report of its
-- edition. England's share is taken off because some returns are gross and some net of income, which comes from older
-- people in the main.
with

spent as (

    select
        edition,
        gss_code,
        max(spend_basis) as spend_basis,
        sum(case when age_group = '65_plus' then spend_gbp end) as spend_65_plus_gbp,
        sum(spend_gbp) as spend_by_age_gbp
    from {{ ref('int_spend__lines') }}
    where age_group is not null
    group by edition, gss_code
    having count(spend_gbp) = count(*)

),

shares as (

    select
        edition,
        gss_code,
        spend_basis,
        spend_by_age_gbp,
        {{ council_productivity.round_score('spend_65_plus_gbp / nullif(spend_by_age_gbp, 0)') }} as share_65_plus,
        {{ council_productivity.round_score(
            'sum(spend_65_plus_gbp) over (partition by edition) / sum(spend_by_age_gbp) over (partition by edition)'
        ) }} as england_share_65_plus
    from spent

),

evidence as (

    select
        register.basis,
        register.publication_id,
        figures.edition,
        figures.gss_code,
        1000 * sum(figures.figure_value) as evidence_gbp,
        1000 * sum(case when register.age_group = '65_plus' then figures.figure_value end) as evidence_65_plus_gbp
    from {{ ref('stg_register__age_split_evidence') }} as register
    inner join {{ ref('int_figures__by_council') }} as figures
        on
            figures.publication_id = register.publication_id
            and figures.item_id = register.item_id
            and figures.edition between register.first_edition and register.last_edition
    group by register.basis, register.publication_id, figures.edition, figures.gss_code
    having count(figures.figure_value) = count(*)

),

evidence_above_england as (

    select
        basis,
        edition,
        gss_code,
        evidence_gbp,
        {{ council_productivity.round_score(
            'evidence_65_plus_gbp / nullif(evidence_gbp, 0)'
            ~ ' - sum(evidence_65_plus_gbp) over (partition by basis, publication_id, edition)'
            ~ ' / sum(evidence_gbp) over (partition by basis, publication_id, edition)'
        ) }} as above_england
    from evidence

),

of_outturn as (

    select
        gss_code,
        {{ council_productivity.percentile('above_england', 0.5) }} as above_england
    from evidence_above_england
    where
        basis = 'budget'
        and above_england is not null
    group by gss_code
    having count(*) >= 2

),

compared as (

    select
        shares.edition,
        shares.gss_code,
        shares.spend_basis,
        shares.share_65_plus,
        {{ council_productivity.round_score('shares.share_65_plus - shares.england_share_65_plus') }} as above_england,
        case
            when shares.spend_basis = 'budget' then of_outturn.above_england
            -- A report of less than half of the outturn is not one to hold it against.
            when same_edition.evidence_gbp >= shares.spend_by_age_gbp / 2 then same_edition.above_england
        end as evidence_above_england
    from shares
    left join of_outturn
        on of_outturn.gss_code = shares.gss_code
    left join evidence_above_england as same_edition
        on
            same_edition.basis = 'outturn'
            and same_edition.edition = shares.edition
            and same_edition.gss_code = shares.gss_code

),

final as (

    select
        edition,
        gss_code,
        spend_basis,
        share_65_plus,
        above_england,
        evidence_above_england,
        coalesce(
            {{ council_productivity.round_score('abs(above_england - evidence_above_england)') }}
            > {{ var('age_split_greatest_gap') }},
            false
        ) as is_implausible
    from compared

)

select * from final
