-- One row per edition: the index of prices that real spend is computed with. Run once on each database.
select
    edition,
    gdp_deflator::double as gdp_deflator
from seeds.hmt_gdp_deflator
