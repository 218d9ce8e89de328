"""Draw the estimates without each ally, the power of the tests and the specification curves."""

from pathlib import Path

import pandas as pd
from underbalance.models.jobs import specifications_of
from underbalance.present.sensitivity_figures import draw_sensitivity
from underbalance.registry import read_codebook
from underbalance.step import run


def main(job):
    p, names = job.params, ("leave_one_out", "power", "specification_curve")
    tables = {name: pd.read_csv(job.input[name]) for name in names}
    specs, codebook = specifications_of(p.specs), read_codebook(Path(job.input.codebook))
    folder = Path(job.output[0]).parent
    draw_sensitivity(tables, specs, p.labels, codebook, p.level, folder)


run(main, snakemake)
