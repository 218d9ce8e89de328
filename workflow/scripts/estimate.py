"""Estimate one specification of config/models.yaml."""

from pathlib import Path

from underbalance.models import tidy
from underbalance.models.estimate import Plan, estimate
from underbalance.registry import sha256_of_all
from underbalance.stages import group_of, read_data, specification_of
from underbalance.step import run


def main(job):
    p = job.params
    group, members = group_of(p.group), frozenset(p.members)
    plan = Plan(p.sample, group, members, p.min_clusters, p.confidence_level)
    data, sha = read_data(job.input, p.codings), sha256_of_all(Path(path) for path in job.input)
    rows = estimate(job.wildcards.spec, specification_of(p.spec), data, plan, sha)
    tidy.write(rows, Path(job.output[0]))


run(main, snakemake)
