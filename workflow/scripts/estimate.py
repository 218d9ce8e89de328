"""Estimate one specification of config/models.yaml."""

from pathlib import Path

from underbalance.models import tidy
from underbalance.models.estimate import Plan, estimate
from underbalance.stages import coded_ally_years, group_of, read_tables, specification_of
from underbalance.step import run
from underbalance.tables import sha256_of_tables


def main(job):
    p = job.params
    group, members = group_of(p.group), frozenset(p.members)
    plan = Plan(p.sample, group, members, p.min_clusters, p.confidence_level)
    data = {"ally_year": coded_ally_years(job)[0], **read_tables(job.input.tables)}
    spec, sha = specification_of(p.spec), sha256_of_tables(data)
    rows = estimate(job.wildcards.spec, spec, data, plan, sha)
    tidy.write(rows, Path(job.output[0]))


run(main, snakemake)
