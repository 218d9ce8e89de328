"""The package by whose name Snakemake finds the account of a run: `--logger underbalance`."""

from underbalance.run_log import LogHandler

__all__ = ["LogHandler"]
