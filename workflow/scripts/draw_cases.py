"""Draw the figures and write the pages of all cases."""

from pathlib import Path

from underbalance.config import Cases
from underbalance.present.case_inputs import case_inputs
from underbalance.present.case_pages import present_cases
from underbalance.step import run


def main(job):
    cases = Cases.model_validate(job.params.cases)
    years, folder = tuple(job.params.years), Path(job.output.index).parent
    present_cases(case_inputs(job), cases, years, job.params.order, folder)


run(main, snakemake)
