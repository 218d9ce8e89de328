"""Hold the coding against what is expected of it, year by year."""

from pathlib import Path

from underbalance.claims.expectations import component_scores, meet_expectations
from underbalance.coding.describe import with_codings
from underbalance.present.claims_page import expectations_page
from underbalance.present.formats import write
from underbalance.present.table_style import style_of
from underbalance.present.wording import labels_within_lines
from underbalance.registry import read_codebook, read_expectations
from underbalance.samples import of_allies
from underbalance.schemas.claims import expectations
from underbalance.stages import coded_ally_years, codings_of, references_of
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    ally_year, coded = coded_ally_years(job)[0], job.params.coded
    codings, references = codings_of(coded["codings"]), references_of(coded["references"])
    scores = component_scores(ally_year, codings, references)
    labels = labels_within_lines(with_codings(read_codebook(Path(job.input.codebook)), codings))
    expected = of_allies(read_expectations(Path(job.input.expected)), job.params.judged)
    met = meet_expectations(expected, ally_year, scores, job.params.high_quantile, labels)
    write_table(met, Path(job.output.csv), expectations())
    write(expectations_page(met), job.output.shown, style_of(job.params.style))


run(main, snakemake)
