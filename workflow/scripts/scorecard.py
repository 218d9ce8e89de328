"""Judge the hypotheses by the frozen rule."""

from pathlib import Path

from underbalance.coding.describe import with_codings
from underbalance.hypotheses.scorecard import scorecard
from underbalance.hypotheses.specs import predictions
from underbalance.models.jobs import read_estimates, read_inference, specifications_of
from underbalance.present.extended import with_uses
from underbalance.present.formats import write
from underbalance.present.sampled import of_sample
from underbalance.present.scorecard import scorecard_page
from underbalance.present.table_style import style_of
from underbalance.registry import read_codebook
from underbalance.schemas.hypotheses import contrasts
from underbalance.schemas.hypotheses import scorecard as schema
from underbalance.stages import codings_of
from underbalance.step import run
from underbalance.tables import read_table, write_table


def main(job):
    p, out = job.params, job.output
    compared = read_table(Path(job.input.contrasts), contrasts())
    specs = specifications_of(p.specs)
    found = read_estimates(job.input.estimates), read_inference(job.input.inference)
    rows = scorecard(predictions(specs), *found, compared)
    codebook = with_codings(read_codebook(Path(job.input.codebook)), codings_of(p.coded["codings"]))
    page = scorecard_page(rows, specs, codebook, p.confidence_level)
    write_table(rows, Path(out.csv), schema())
    write(of_sample(with_uses(page), p.sample_label), out.shown, style_of(p.style))


run(main, snakemake)
