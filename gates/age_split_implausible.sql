-- Rule: The split by age of a council's adult social care agrees with its other returns.
-- Severity: warn
-- Compares: with the last release
-- Why it matters: A council whose pounds stand at the wrong age is ranked neither in older people nor in disability.
-- Where to look: int_spend__age_splits has both shares; seeds/register/age_split_evidence.csv names the returns.
select
    fresh.edition || ' ' || fresh.gss_code as subject,
    count(*) as rankings
from after.marts.fct_ranking as fresh
anti join before.marts.fct_ranking as old
    on
        old.edition = fresh.edition
        and old.ranking_id = fresh.ranking_id
        and old.gss_code = fresh.gss_code
        and old.not_ranked_reason = fresh.not_ranked_reason
where fresh.not_ranked_reason = 'age_split_implausible'
group by fresh.edition, fresh.gss_code
order by all
