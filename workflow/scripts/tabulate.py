"""Set models side by side."""

from pathlib import Path

import pandas as pd
from underbalance.coding.describe import with_codings
from underbalance.hypotheses.scorecard import corrected_by_test
from underbalance.models import tidy
from underbalance.models.jobs import specification_of
from underbalance.present.formats import write
from underbalance.present.model_groups import model_groups
from underbalance.present.model_table import model_table
from underbalance.present.table_style import style_of
from underbalance.registry import read_allies, read_codebook
from underbalance.stages import codings_of
from underbalance.step import run


def main(job):
    p, folder = job.params, Path(job.output[0]).parent
    rows = pd.concat([tidy.read(Path(path)) for path in job.input.estimates])
    specs = {name: specification_of(spec) for name, spec in p.specs.items()}
    codebook = with_codings(read_codebook(Path(job.input.codebook)), codings_of(p.codings))
    allies = read_allies(Path(job.input.allies)).set_index("iso3")["name"].to_dict()
    corrected = corrected_by_test(pd.read_csv(job.input.scorecard))
    for name, ids in model_groups(specs).items():
        chosen = {spec_id: specs[spec_id] for spec_id in ids}
        table = model_table(name, chosen, rows, codebook, p.sample_labels, allies, corrected)
        write(table, [folder / f"{name}{ending}" for ending in p.formats], style_of(p.style))


run(main, snakemake)
