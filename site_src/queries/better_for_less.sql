-- One row per edition and council with better outcomes than average for less money over three years.
select * from marts.fct_adult_social_care_better_for_less
order by edition, list_position
