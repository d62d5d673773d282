-- Rule: the register of printed codes names authorities that were live in every edition of the row's range in which
-- the publication prints the code.
select distinct
    'printed_codes' as seed,
    resolved.publication_id,
    resolved.printed_code,
    resolved.edition,
    resolved.authority_code,
    'the authority named was live in the edition' as rule
from {{ ref('int_figures__codes_resolved') }} as resolved
left join {{ ref('int_calendar__live_councils') }} as live
    on
        live.edition = resolved.edition
        and live.gss_code = resolved.authority_code
left join {{ ref('stg_register__authorities') }} as authorities
    on
        authorities.edition = resolved.edition
        and authorities.gss_code = resolved.authority_code
where
    resolved.code_use <> 'no_council'
    and live.gss_code is null
    and authorities.gss_code is null
