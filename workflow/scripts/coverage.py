"""Say for every ally, year and source: observed, outside or missing."""

from pathlib import Path

from underbalance.clean.coverage import coverage
from underbalance.registry import read_sources
from underbalance.stages import read_facts, read_processed, write_processed
from underbalance.step import run


def main(job):
    ally_years = read_processed(job.input.country_years)
    sources = read_sources(Path(job.input.sources))
    table = coverage(ally_years, read_facts(job.input.facts), sources)
    write_processed(table, job.output[0])


run(main, snakemake)
