"""Put the facts tables in data/raw and their SHA-256 in the registry."""

from pathlib import Path

from underbalance.ingest import accept
from underbalance.step import run


def main(job):
    accept([Path(path) for path in job.input.staged])


run(main, snakemake)
