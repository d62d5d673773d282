-- One row per measure and reference on whether its better outcome costs less, the strongest first.
select
    measure_id,
    reference,
    page_or_section,
    address,
    finding,
    amount_gbp,
    amount_text,
    strength,
    saving_falls_to
from marts.dim_measure_evidence
order by measure_id, evidence_order
