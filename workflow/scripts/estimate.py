"""Estimate the specifications of one outcome in config/models.yaml."""

from pathlib import Path

from underbalance.models import tidy
from underbalance.models.estimate import estimate
from underbalance.models.jobs import model_data, plan_of, specifications_of, warn_of_none
from underbalance.schemas.inference import inference
from underbalance.step import run
from underbalance.tables import sha256_of_tables, write_table


def main(job):
    plan, data_for = plan_of(job.params), model_data(job)
    specs = specifications_of(job.params.specs).items()
    paths = zip(job.output.estimates, job.output.inference, strict=True)
    for (name, spec), (estimates, inferred) in zip(specs, paths, strict=True):
        data = data_for(spec)
        found = estimate(name, spec, data, plan.of(spec), sha256_of_tables(data))
        warn_of_none(found.estimates)
        tidy.write(found.estimates, Path(estimates))
        write_table(found.inference, Path(inferred), inference())


run(main, snakemake)
