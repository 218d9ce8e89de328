"""Write the page of every outcome, and one line each in the summary."""

from pathlib import Path

from underbalance.present.outcome_summary import describe_outcomes
from underbalance.registry import read_codebook, read_sources
from underbalance.stages import group_of, read_ledgers, read_outcomes
from underbalance.step import run


def main(job):
    p, given = job.params, job.input
    lists = {"codebook": read_codebook(Path(given.codebook))}
    lists |= {"sources": read_sources(Path(given.sources)), "ledger": read_ledgers(given.ledgers)}
    pages = [Path(path) for path in job.output.pages]
    sample = {"group": group_of(p.group), "members": frozenset(p.members), "lists": lists}
    describe_outcomes(read_outcomes(given.outcomes), pages, Path(job.output.summary), **sample)


run(main, snakemake)
