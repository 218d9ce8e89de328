"""Coded values → the raw rows, rules and thresholds that made them."""
