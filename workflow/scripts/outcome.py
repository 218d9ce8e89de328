"""Make one outcome."""

from pathlib import Path

from underbalance.outcomes.catalogue import Inputs
from underbalance.outcomes.listed import all_outcomes
from underbalance.registry import read_sources
from underbalance.stages import read_facts, read_tables, write_processed
from underbalance.step import run


def main(job):
    name, sources = job.wildcards.outcome, read_sources(Path(job.input.sources))
    given = Inputs(read_facts(job.input.facts), read_tables(job.input.processed), sources)
    table, ledger = all_outcomes()[name].build(given)
    write_processed(table, job.output.table, f"outcome.{name}")
    write_processed(ledger, job.output.ledger, "ledger")


run(main, snakemake)
