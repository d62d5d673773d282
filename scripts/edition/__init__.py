"""What an edition of the index still needs, found in the seeds by SQL."""
