"""Merge the sources on leaders into one line of spells per ally."""

from pathlib import Path

from underbalance.clean.leaders import merge_spells
from underbalance.registry import read_allies
from underbalance.stages import read_facts, read_shipped, write_processed
from underbalance.step import run


def main(job):
    leaders, shipped = (read(job.input.facts)["leaders"] for read in (read_facts, read_shipped))
    spells, ledger = merge_spells(leaders, read_allies(Path(job.input.allies)), shipped)
    write_processed(spells, job.output.spells)
    write_processed(ledger, job.output.ledger, "ledger")


run(main, snakemake)
