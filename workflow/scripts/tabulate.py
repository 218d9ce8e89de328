"""Set the table of one specification as CSV, HTML and LaTeX."""

from pathlib import Path

from underbalance.coding.describe import with_codings
from underbalance.models import tidy
from underbalance.models.jobs import specification_of
from underbalance.present.model_table import model_table
from underbalance.present.writers import write_csv, write_html, write_tex
from underbalance.registry import read_codebook
from underbalance.stages import codings_of
from underbalance.step import run


def main(job):
    rows = tidy.read(Path(job.input.estimates))
    codings = codings_of(job.params.coded["codings"])
    codebook = with_codings(read_codebook(Path(job.input.codebook)), codings)
    table = model_table(rows, specification_of(job.params.spec), codebook, job.params.sample_label)
    write_csv(table, Path(job.output.csv))
    write_html(table, Path(job.output.html))
    write_tex(table, Path(job.output.tex))


run(main, snakemake)
