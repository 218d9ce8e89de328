"""Judge the hypotheses by the frozen rule, as CSV, HTML and LaTeX."""

from pathlib import Path

from underbalance.hypotheses.jobs import judged
from underbalance.present.scorecard import scorecard_page
from underbalance.present.wide_table import write_wide_html, write_wide_tex
from underbalance.schemas.hypotheses import scorecard
from underbalance.stages import codebook_of
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    rows = judged(job)
    page = scorecard_page(rows, codebook_of(job), job.params.confidence_level)
    write_table(rows, Path(job.output.csv), scorecard())
    write_wide_html(page, Path(job.output.html))
    write_wide_tex(page, Path(job.output.tex))


run(main, snakemake)
