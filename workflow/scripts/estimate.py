"""Estimate one specification of config/models.yaml."""

from pathlib import Path

from underbalance.models import tidy
from underbalance.models.estimate import estimate
from underbalance.models.jobs import plan_of, read_model_tables, specification_of, warn_of_none
from underbalance.schemas.inference import inference
from underbalance.stages import coded_ally_years
from underbalance.step import run
from underbalance.tables import sha256_of_tables, write_table


def main(job):
    plan, spec = plan_of(job.params), specification_of(job.params.spec)
    data = {"ally_year": coded_ally_years(job)[0], **read_model_tables(job.input.tables)}
    found = estimate(job.wildcards.spec, spec, data, plan, sha256_of_tables(data))
    warn_of_none(found.estimates)
    tidy.write(found.estimates, Path(job.output.estimates))
    write_table(found.inference, Path(job.output.inference), inference())


run(main, snakemake)
