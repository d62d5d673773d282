"""Break promises of the marts on purpose, one at a time, and see which gate stops each."""
