-- One row per edition and live council with adult social care by age: the share of it spent on people aged 65 and over,
-- the share that the evidence of the register gives, and whether the split can be believed. A budget is held against the
-- median of the council's own outturn over the editions held by age, outturn against the finance report of its edition.
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
        {{ council_productivity.round_score('spend_65_plus_gbp / nullif(spend_by_age_gbp, 0)') }} as share_65_plus
    from spent

),

evidence as (

    select
        register.basis,
        figures.edition,
        figures.gss_code,
        1000 * sum(figures.figure_value) as evidence_gbp,
        {{ council_productivity.round_score(
            "sum(case when register.age_group = '65_plus' then figures.figure_value end)"
            ~ " / nullif(sum(figures.figure_value), 0)"
        ) }} as evidence_share
    from {{ ref('stg_register__age_split_evidence') }} as register
    inner join {{ ref('int_figures__by_council') }} as figures
        on
            figures.publication_id = register.publication_id
            and figures.item_id = register.item_id
            and figures.edition between register.first_edition and register.last_edition
    group by register.basis, figures.edition, figures.gss_code
    having count(figures.figure_value) = count(*)

),

of_outturn as (

    select
        gss_code,
        {{ council_productivity.percentile('evidence_share', 0.5) }} as evidence_share
    from evidence
    where
        basis = 'budget'
        and evidence_share is not null
    group by gss_code
    having count(*) >= 2

),

compared as (

    select
        shares.*,
        case
            when shares.spend_basis = 'budget' then of_outturn.evidence_share
            -- A report of less than half of the outturn is not one to hold it against.
            when same_edition.evidence_gbp >= shares.spend_by_age_gbp / 2 then same_edition.evidence_share
        end as evidence_share
    from shares
    left join of_outturn
        on of_outturn.gss_code = shares.gss_code
    left join evidence as same_edition
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
        evidence_share,
        coalesce(
            {{ council_productivity.round_score('abs(share_65_plus - evidence_share)') }}
            > {{ var('age_split_greatest_gap') }},
            false
        ) as is_implausible
    from compared

)

select * from final
