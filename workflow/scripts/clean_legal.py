"""Adjudicate the two codings of legal constraints."""

from underbalance.clean.legal import adjudicate
from underbalance.stages import read_facts, write_processed
from underbalance.step import run


def main(job):
    table, ledger = adjudicate(read_facts(job.input.facts)["legal_constraints"])
    write_processed(table, job.output.table)
    write_processed(ledger, job.output.ledger, "ledger")


run(main, snakemake)
