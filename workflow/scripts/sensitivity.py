"""Try every primary estimate: without each ally, for what was left out, and its power."""

from pathlib import Path

from underbalance.models.jobs import plan_of_several, read_model_tables, specifications_of
from underbalance.schemas import sensitivity as schemas
from underbalance.sensitivity.collinearity import collinearity
from underbalance.sensitivity.primary import tried
from underbalance.sensitivity.scorecard_test import Bootstrap
from underbalance.sensitivity.tested import primary_tests
from underbalance.stages import coded_ally_years
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    p, out = job.params, job.output
    tests = primary_tests(specifications_of(p.specs))
    tables = {"ally_year": coded_ally_years(job)[0], **read_model_tables(job.input.tables)}
    by, plan = Bootstrap(p.seed, p.draws, p.confidence_level), plan_of_several(p)
    found = tried(tests, tables, plan, by, p.simulations)
    write_table(found.leave_one_out, Path(out.leave_one_out), schemas.leave_one_out())
    write_table(found.strength, Path(out.robustness_value), schemas.robustness_value())
    write_table(found.power, Path(out.power), schemas.power())
    rows = collinearity(tests, tables, plan)
    write_table(rows, Path(out.collinearity), schemas.collinearity())


run(main, snakemake)
