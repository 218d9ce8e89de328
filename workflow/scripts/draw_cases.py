"""Draw the figures of all cases."""

from pathlib import Path

from underbalance.config import Cases
from underbalance.present.case_figures import draw_cases
from underbalance.present.case_inputs import case_inputs
from underbalance.step import run


def main(job):
    cases = Cases.model_validate(job.params.cases)
    years, folder = tuple(job.params.years), Path(job.output[0]).parent
    draw_cases(case_inputs(job), cases, years, job.params.order, folder)


run(main, snakemake)
