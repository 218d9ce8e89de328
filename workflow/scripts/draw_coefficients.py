"""Draw what the primary models say of every hypothesis."""

from pathlib import Path

import pandas as pd
from underbalance.hypotheses.scorecard import corrected_by_test
from underbalance.models import tidy
from underbalance.models.jobs import specification_of
from underbalance.present.coefficients import draw_coefficients
from underbalance.step import run


def main(job):
    rows = pd.concat([tidy.read(Path(path)) for path in job.input.estimates])
    specs = {name: specification_of(spec) for name, spec in job.params.specs.items()}
    corrected = corrected_by_test(pd.read_csv(job.input.scorecard))
    paths = [Path(path) for path in (job.output.pdf, job.output.png)]
    draw_coefficients(rows, specs, corrected, job.params.confidence_level, paths)


run(main, snakemake)
