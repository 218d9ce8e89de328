"""Count the rows of every ally in the primary models."""

from pathlib import Path

from underbalance.models.jobs import plan_of_several, read_model_tables, specifications_of
from underbalance.models.rows_by_ally import rows_by_ally
from underbalance.present.allies_by_model import allies_by_model
from underbalance.present.formats import write
from underbalance.present.table_style import style_of
from underbalance.registry import read_allies
from underbalance.schemas.inference import ally_rows
from underbalance.stages import coded_ally_years
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    tables = {"ally_year": coded_ally_years(job)[0], **read_model_tables(job.input.tables)}
    specs = specifications_of(job.params.specs)
    counts = rows_by_ally(specs, tables, plan_of_several(job.params))
    names = read_allies(Path(job.input.allies)).set_index("iso3")["name"].to_dict()
    page = allies_by_model(counts, specs, names)
    write_table(counts, Path(job.output.csv), ally_rows())
    write(page, job.output.shown, style_of(job.params.style))


run(main, snakemake)
