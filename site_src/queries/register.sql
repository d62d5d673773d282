-- One row per measure of the register, with its publication.
select
    measures.*,
    coalesce(lenses.lens_order, 9) as lens_order,
    coalesce(lenses.lens_name, case measures.lens_id
        when 'adult_social_care' then 'Adult social care'
        when 'childrens_services' then 'Children''s services'
        when 'valuing_care' then 'Valuing Care'
    end) as lens_name,
    lenses.lens_id is not null as is_lens,
    lenses.caveat as lens_caveat,
    publications.publication_name,
    publications.publisher,
    publications.url,
    publications.frequency,
    publications.notes as publication_notes,
    replace(measures.measure_id, '_', '-') as slug
from marts.dim_measure as measures
left join marts.dim_lens as lenses using (lens_id)
inner join marts.dim_publication as publications using (publication_id)
order by measures.status, lens_order, lens_name, measures.measure_name
