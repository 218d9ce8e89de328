"""Draw figure 2: estimates and intervals of all specifications."""

from pathlib import Path

import pandas as pd
from underbalance.coding.describe import with_codings
from underbalance.models import tidy
from underbalance.models.jobs import specification_of
from underbalance.present.coefficients import draw_coefficients
from underbalance.registry import read_codebook
from underbalance.stages import codings_of
from underbalance.step import run


def main(job):
    rows = pd.concat([tidy.read(Path(path)) for path in job.input.estimates])
    specs = {name: specification_of(spec) for name, spec in job.params.specs.items()}
    codings = codings_of(job.params.coded["codings"])
    codebook = with_codings(read_codebook(Path(job.input.codebook)), codings)
    paths = [Path(path) for path in (job.output.pdf, job.output.png)]
    draw_coefficients(rows, specs, codebook, job.params.confidence_level, paths)


run(main, snakemake)
