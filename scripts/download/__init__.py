"""Fetch the publications from their official pages into a folder: see docs/download.md."""
