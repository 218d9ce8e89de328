"""Say in years how much longer cooperation takes where an obstacle is higher."""

from pathlib import Path

from underbalance.hypotheses import years as counted
from underbalance.models.jobs import plan_of_several, read_model_tables, specifications_of
from underbalance.schemas.hypotheses import years
from underbalance.stages import coded_ally_years
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    p = job.params
    tables = {"ally_year": coded_ally_years(job)[0], **read_model_tables(job.input.tables)}
    specs = specifications_of(p.specs)
    rows = counted.years(specs, tables, plan_of_several(p), p.seed, p.replications)
    write_table(rows, Path(job.output[0]), years())


run(main, snakemake)
