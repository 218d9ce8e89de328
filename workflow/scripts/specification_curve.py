"""Estimate every obstacle in all its codings, samples and sets of rows."""

from pathlib import Path

from underbalance.models.jobs import plan_of_several, plans_of, read_model_tables, specifications_of
from underbalance.schemas import sensitivity as schemas
from underbalance.sensitivity.curve import curves, summary
from underbalance.sensitivity.scorecard_test import Bootstrap
from underbalance.sensitivity.tested import primary_tests
from underbalance.stages import coded_ally_years, codings_of
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    p = job.params
    tests = primary_tests(specifications_of(p.specs))
    tables = {"ally_year": coded_ally_years(job)[0], **read_model_tables(job.input.tables)}
    codings = codings_of(p.coded["codings"])
    plan = plan_of_several(p)
    plans = [plan, *plans_of(plan, p.others)]
    by = Bootstrap(p.seed, p.draws, p.confidence_level)
    rows = curves(tests, codings, plans, p.last_year, tables, by)
    write_table(rows, Path(job.output.curve), schemas.specification_curve())
    write_table(summary(rows), Path(job.output.summary), schemas.curve_summary())


run(main, snakemake)
