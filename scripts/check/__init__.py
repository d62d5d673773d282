"""What has to pass before a change goes in: linters, the build, pytest, in three sizes."""
