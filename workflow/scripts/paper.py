"""Set the template article with LaTeX."""

from pathlib import Path

from underbalance.present.paper import set_paper
from underbalance.step import run


def main(job):
    set_paper(Path(job.output.pdf), Path(job.output.latex_log))


run(main, snakemake)
