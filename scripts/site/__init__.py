"""The report site: pages rendered from the published marts."""
