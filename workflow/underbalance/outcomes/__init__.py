"""Outcomes: what slow, inconsistent and failing cooperation look like in data."""
