-- One row per edition, council and lens: the change since the edition before, like for like, with its band.
select
    changes.edition,
    changes.gss_code,
    changes.lens_id,
    coalesce(lenses.lens_order, 0) as lens_order,
    coalesce(lenses.lens_name, 'Overall') as lens_name,
    changes.from_edition,
    changes.productivity_change_pct,
    changes.productivity_change_pct_p05,
    changes.productivity_change_pct_p95,
    changes.change_verdict
from marts.fct_change as changes
left join marts.dim_lens as lenses using (lens_id)
order by changes.edition, changes.gss_code, lens_order
