"""Time the stages of the cases' programmes, and count setbacks and changes of direction."""

from pathlib import Path

from underbalance.config import Cases
from underbalance.outcomes.case_tables import case_tables
from underbalance.schemas.cases import CASE_TABLES
from underbalance.stages import read_facts, read_processed
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    facts, cases = read_facts(job.input.facts), Cases.model_validate(job.params.cases)
    years, apart = tuple(job.params.years), frozenset(job.params.apart)
    tables = case_tables(facts, read_processed(job.input.spells), cases, years, apart)
    for path in job.output:
        name = Path(path).stem
        write_table(tables[name], Path(path), CASE_TABLES[name]())


run(main, snakemake)
