"""Draw how far the alternative codings go with the primary ones."""

from pathlib import Path

from underbalance.present.coding_correlations import draw_coding_correlations
from underbalance.schemas.measurement import correlations
from underbalance.step import run
from underbalance.tables import read_table


def main(job):
    found = read_table(Path(job.input.correlations), correlations())
    paths = [Path(path) for path in (job.output.pdf, job.output.png)]
    draw_coding_correlations(found, job.params.labels, paths)


run(main, snakemake)
