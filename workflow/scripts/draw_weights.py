"""Draw the weights of the obstacles by region."""

from pathlib import Path

from underbalance.present.weights import draw_weights
from underbalance.present.wording import percent
from underbalance.schemas.hypotheses import weights
from underbalance.step import run
from underbalance.tables import read_table


def main(job):
    rows = read_table(Path(job.input.weights), weights())
    paths = [Path(path) for path in (job.output.pdf, job.output.png)]
    draw_weights(rows, job.params.regions, percent(job.params.confidence_level), paths)


run(main, snakemake)
