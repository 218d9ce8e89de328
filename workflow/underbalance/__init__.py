"""Domestic obstacles and the pace and consistency of US allies' cooperation.

Data flow is one way: raw → clean → coded → estimated → shown. Each stage is a
sub-package of pure functions; the scripts in workflow/scripts only read paths, call
one function and write the result.
"""

__version__ = "0.1.0"
