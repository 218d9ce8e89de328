"""Declared columns, types, rules and keys of every table (pandera)."""
