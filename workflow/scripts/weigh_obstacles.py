"""Weigh the obstacles against each other, by region."""

from pathlib import Path

from underbalance.hypotheses.weights import weights_by_region
from underbalance.models.jobs import plan_of_several, plans_of, read_model_tables, specifications_of
from underbalance.schemas.hypotheses import weights
from underbalance.stages import coded_ally_years
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    p = job.params
    tables = {"ally_year": coded_ally_years(job)[0], **read_model_tables(job.input.tables)}
    plan = plan_of_several(p)
    plans = [plan, *plans_of(plan, p.others)]
    found = weights_by_region(specifications_of(p.specs), tables, plans, [p.seed], p.replications)
    write_table(found, Path(job.output[0]), weights())


run(main, snakemake)
