-- Property: two councils that are each other's neighbours stand above one another with probabilities that add up to 1.
select
    mine.edition,
    mine.lens_id,
    mine.gss_code,
    mine.neighbour_gss_code,
    mine.probability_above,
    theirs.probability_above as their_probability_above
from {{ ref('fct_neighbour_probability') }} as mine
inner join {{ ref('fct_neighbour_probability') }} as theirs
    on
        theirs.edition = mine.edition
        and theirs.lens_id = mine.lens_id
        and theirs.neighbour_set = mine.neighbour_set
        and theirs.gss_code = mine.neighbour_gss_code
        and theirs.neighbour_gss_code = mine.gss_code
where
    abs(mine.probability_above + theirs.probability_above - 1) > 1e-9
    or not mine.probability_above between 0 and 1
