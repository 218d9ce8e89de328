"""Gather what was dropped, repaired or left empty, and why."""

from underbalance.ledger import join_ledgers
from underbalance.stages import read_processed, write_processed
from underbalance.step import run


def main(job):
    parts = [read_processed(path, "ledger") for path in job.input]
    write_processed(join_ledgers(parts), job.output[0])


run(main, snakemake)
