"""Write down which rule made each result from what."""

from pathlib import Path

from underbalance.provenance import write_manifest
from underbalance.step import run


def main(job):
    p, read = job.params, [*job.input.facts, *job.input.lists]
    write_manifest(Path(job.output[0]), p.makers, p.steps, p.config, read)


run(main, snakemake)
