-- One row per edition and ranking in which councils are ranked and no change is shown: why.
select *
from no_change
order by edition, no_change_kind, ranking_order
