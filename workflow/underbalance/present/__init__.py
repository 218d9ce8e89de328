"""Tidy results → tables and figures."""
