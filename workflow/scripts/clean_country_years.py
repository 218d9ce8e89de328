"""Bring the yearly sources into one table of listed allies and years."""

from pathlib import Path

from underbalance.clean.country_years import Plan, country_years
from underbalance.registry import read_allies, read_sources
from underbalance.stages import read_facts, read_processed, write_processed
from underbalance.step import run


def main(job):
    p = job.params
    lists = read_allies(Path(job.input.allies)), read_sources(Path(job.input.sources))
    members, span = frozenset(p.reference_members), tuple(p.reference_years)
    plan = Plan(*lists, p.first_year, p.last_year, members, span, p.election_valid_years)
    facts = {**read_facts(job.input.facts), "legal": read_processed(job.input.legal)}
    table, ledger = country_years(facts, plan, read_facts(job.input.own))
    write_processed(table, job.output.table)
    write_processed(ledger, job.output.ledger, "ledger")


run(main, snakemake)
