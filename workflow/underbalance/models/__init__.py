"""Estimators, and the tidy result that all of them write."""
