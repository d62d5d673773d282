-- Publications of which any figure of the edition is held, one row each.
select distinct publication_id from held
