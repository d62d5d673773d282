-- Every code under which a figure of the edition is printed stands for an authority of the edition: its own, or the one
-- that the register of printed codes says.
select
    case
        when any_value(unresolved.gss_code) is null then 'printed_codes.csv, authorities.csv'
        else 'printed_codes.csv: gss_code'
    end as place,
    unresolved.printed_code || coalesce(', ' || any_value(names.authority_name), '') as subject,
    'in ' || few(list(distinct unresolved.publication_id)) as now,
    case
        when any_value(unresolved.gss_code) is null then 'whom it stands for, or refuse it'
        else any_value(unresolved.gss_code) || ' is not live: who is?'
    end as to_do
from unresolved
left join (
    select
        gss_code,
        max_by(authority_name, edition) as authority_name
    from authorities
    group by gss_code
) as names
    on names.gss_code = unresolved.printed_code
group by unresolved.printed_code
order by place, subject
