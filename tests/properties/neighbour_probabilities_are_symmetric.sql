-- Property: two councils that are each other's neighbours stand above one another with probabilities that add up to 1.
select
    mine.edition,
    mine.ranking_id,
    mine.gss_code,
    mine.peer_gss_code,
    mine.probability_above,
    theirs.probability_above as their_probability_above
from {{ ref('fct_neighbour_probability') }} as mine
inner join {{ ref('fct_neighbour_probability') }} as theirs
    on
        theirs.edition = mine.edition
        and theirs.ranking_id = mine.ranking_id
        and theirs.peer_group_id = mine.peer_group_id
        and theirs.gss_code = mine.peer_gss_code
        and theirs.peer_gss_code = mine.gss_code
where
    abs(mine.probability_above + theirs.probability_above - 1) > 1e-9
    or not mine.probability_above between 0 and 1
