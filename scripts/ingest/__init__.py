"""From the files as government publishes them to the seeds: ``python -m scripts.ingest FOLDER``."""
