"""Put the facts tables in data/raw, their SHA-256 in the registry, and renew the documents."""

from pathlib import Path

from underbalance.document.documents import write_documents
from underbalance.ingest import accept
from underbalance.step import run


def main(job):
    accept([Path(path) for path in job.input.staged])
    write_documents()


run(main, snakemake)
