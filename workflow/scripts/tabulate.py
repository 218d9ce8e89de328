"""Set models side by side, and methods of inference beside each other."""

from pathlib import Path

import pandas as pd
from underbalance.coding.describe import with_codings
from underbalance.hypotheses.scorecard import corrected_by_test
from underbalance.models.jobs import read_estimates, read_inference, specifications_of
from underbalance.present.extended import with_uses
from underbalance.present.formats import write
from underbalance.present.inference_table import inference_tables
from underbalance.present.model_table import model_tables
from underbalance.present.sampled import of_sample
from underbalance.present.table_style import style_of
from underbalance.registry import read_allies, read_codebook
from underbalance.stages import codings_of
from underbalance.step import run


def main(job):
    p, folder = job.params, Path(job.output[0]).parent
    specs, style = specifications_of(p.specs), style_of(p.style)
    codebook = with_codings(read_codebook(Path(job.input.codebook)), codings_of(p.codings))
    allies = read_allies(Path(job.input.allies)).set_index("iso3")["name"].to_dict()
    corrected = corrected_by_test(pd.read_csv(job.input.scorecard))
    rows, found = read_estimates(job.input.estimates), read_inference(job.input.inference)
    models = model_tables(specs, rows, codebook, p.sample_labels, allies, corrected, style)
    beside = inference_tables(specs, found, codebook, style, p.confidence_level)
    for table in [*models, *(of_sample(table, p.sample_label) for table in beside)]:
        write(with_uses(table), [folder / f"{table.name}{ending}" for ending in p.formats], style)


run(main, snakemake)
