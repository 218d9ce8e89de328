"""Draw the estimates without each ally, the power of the tests and the specification curves."""

from pathlib import Path

import pandas as pd
from underbalance.present.sensitivity_figures import draw_sensitivity
from underbalance.step import run


def main(job):
    p, names = job.params, ("leave_one_out", "power", "specification_curve")
    tables = {name: pd.read_csv(job.input[name]) for name in names}
    draw_sensitivity(tables, p.models, p.labels, p.level, Path(job.output[0]).parent)


run(main, snakemake)
