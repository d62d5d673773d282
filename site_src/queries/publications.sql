-- One row per publication.
select * from marts.dim_publication
order by publisher, publication_name
