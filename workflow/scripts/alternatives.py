"""Estimate the primary models with other estimators."""

from pathlib import Path

from underbalance.models.jobs import plan_of_several, read_model_tables, specifications_of
from underbalance.schemas import sensitivity as schemas
from underbalance.sensitivity.alternatives import alternatives
from underbalance.sensitivity.scorecard_test import Bootstrap
from underbalance.sensitivity.tested import primary_tests
from underbalance.stages import coded_ally_years
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    p = job.params
    tests = primary_tests(specifications_of(p.specs))
    tables = {"ally_year": coded_ally_years(job)[0], **read_model_tables(job.input.tables)}
    by = Bootstrap(p.seed, p.draws, p.confidence_level)
    found = alternatives(tests, tables, plan_of_several(p), by)
    write_table(found, Path(job.output[0]), schemas.alternatives())


run(main, snakemake)
