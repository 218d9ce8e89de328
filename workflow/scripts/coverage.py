"""Say for every ally, year, source and outcome: observed, outside or missing."""

from pathlib import Path

import pandas as pd
from underbalance.clean.coverage import coverage, outcome_coverage
from underbalance.outcomes.listed import all_outcomes
from underbalance.registry import read_sources
from underbalance.stages import read_facts, read_outcomes, read_processed, write_processed
from underbalance.step import run


def main(job):
    ally_years = read_processed(job.input.country_years)
    sources = read_sources(Path(job.input.sources))
    tables = coverage(ally_years, read_facts(job.input.facts), sources)
    needs = {name: outcome.facts for name, outcome in all_outcomes().items()}
    outcomes = outcome_coverage(ally_years, read_outcomes(job.input.outcomes), needs, sources)
    write_processed(pd.concat([tables, outcomes]), job.output[0])


run(main, snakemake)
