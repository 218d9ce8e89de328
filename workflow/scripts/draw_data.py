"""Draw the figures of data, and write their captions."""

from pathlib import Path

from underbalance.present.captions import write_captions
from underbalance.present.data_figures import draw_data_figures
from underbalance.step import run


def main(job):
    captions = draw_data_figures(job, Path(job.output[0]).parent)
    write_captions(captions, [Path(job.output.captions)])


run(main, snakemake)
