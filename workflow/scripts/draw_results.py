"""Draw the figures of results, and write the captions of all figures."""

from pathlib import Path

from underbalance.present.captions import read_captions, write_captions
from underbalance.present.result_figures import draw_result_figures, in_order
from underbalance.step import run


def main(job):
    captions = read_captions(Path(job.input.captions))
    captions |= draw_result_figures(job, Path(job.output[0]).parent)
    write_captions(in_order(captions), [Path(path) for path in job.output.captions])


run(main, snakemake)
