"""Whether a run replicates: its results against those that are kept in tests/reference."""
