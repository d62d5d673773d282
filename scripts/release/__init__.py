"""Releases: gates a build has to pass, what a release holds, and how it is published."""
