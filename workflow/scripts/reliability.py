"""Say how far the two codings of legal constraints agree, and where they do not."""

from pathlib import Path

from underbalance.coding.reliability import Bootstrap
from underbalance.present.reliability_page import write_reliability
from underbalance.registry import read_codebook
from underbalance.stages import read_facts
from underbalance.step import run


def main(job):
    constraints = read_facts(job.input.facts)["legal_constraints"]
    bootstrap = Bootstrap(job.params.replications, job.params.seed, job.params.level)
    paths = [Path(job.output[name]) for name in ("alpha", "disagreements", "page")]
    write_reliability(constraints, bootstrap, read_codebook(Path(job.input.codebook)), *paths)


run(main, snakemake)
