-- Rule: A council's figures of a publication are not those of its edition before, nor those of another council.
-- Severity: error
-- Compares: with nothing
-- Why it matters: A row filled in from the year or the council above is invisible in the whole and wrong for the
-- one.
-- Where to look: The council's rows in the seed and in the publication.
-- Threshold: Three quarters of eight figures or more, zeros aside. The most in the figures held is a half.
with

figures as (

    select
        split_part(series_id, ':', 1) as publication_id,
        series_id,
        edition,
        gss_code,
        prior_edition,
        value,
        prior_value
    from changes_after
    where
        kind in ('figure', 'spend_line', 'measure')
        and value <> 0
        and series_id not like 'nhs_ascof_margins%'

),

own as (

    select
        case when series_id like '%:%' then publication_id else 'measures' end as publication_id,
        edition,
        gss_code,
        max(prior_edition) as same_as,
        count(*) as figures,
        count(*) filter (where value = prior_value) as figures_alike
    from figures
    group by all

),

printed as (

    select
        publication_id,
        item_id,
        edition,
        gss_code,
        avg(figure_value) as value
    from after.intermediate.int_figures__by_council
    where
        figure_value <> 0
        and publication_id <> 'nhs_ascof_margins'
    group by publication_id, item_id, edition, gss_code

),

sizes as (

    select
        publication_id,
        edition,
        gss_code,
        count(*) as figures
    from printed
    group by publication_id, edition, gss_code

),

others as (

    select
        one.publication_id,
        one.edition,
        one.gss_code,
        other.gss_code as same_as,
        any_value(sizes.figures) as figures,
        count(*) as figures_alike
    from printed as one
    inner join printed as other
        on
            other.publication_id = one.publication_id
            and other.item_id = one.item_id
            and other.edition = one.edition
            and other.value = one.value
            and other.gss_code > one.gss_code
    inner join sizes
        on
            sizes.publication_id = one.publication_id
            and sizes.edition = one.edition
            and sizes.gss_code = one.gss_code
    group by one.publication_id, one.edition, one.gss_code, other.gss_code

),

alike as (

    select * from own
    union all
    select * from others

)

select
    publication_id || ' ' || edition || ' ' || gss_code as subject,
    same_as,
    figures_alike,
    figures
from alike
where
    figures >= 8
    and figures_alike >= 0.75 * figures
order by all
