"""Compare the primary models with and without obstacles and rivals."""

from pathlib import Path

from underbalance.hypotheses.compare import nested_comparisons
from underbalance.models.jobs import plan_of_several, read_model_tables, specifications_of
from underbalance.schemas.hypotheses import nested
from underbalance.stages import coded_ally_years
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    tables = {"ally_year": coded_ally_years(job)[0], **read_model_tables(job.input.tables)}
    specs = specifications_of(job.params.specs)
    found = nested_comparisons(specs, tables, plan_of_several(job.params))
    write_table(found, Path(job.output[0]), nested())


run(main, snakemake)
