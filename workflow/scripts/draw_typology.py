"""Draw of which type every ally is in every year."""

from pathlib import Path

from underbalance.present.typology_map import draw_typology
from underbalance.registry import read_allies
from underbalance.stages import group_of, read_processed, typology_of
from underbalance.step import run


def main(job):
    p, years = job.params, read_processed(job.input.typology)
    sample = group_of(p.group), frozenset(p.members)
    primary = typology_of(p.typology).quantiles[0]
    paths = [Path(path) for path in (job.output.pdf, job.output.png)]
    draw_typology(years, read_allies(Path(job.input.allies)), sample, primary, p.years, paths)


run(main, snakemake)
