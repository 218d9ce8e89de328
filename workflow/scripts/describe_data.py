"""Describe the clean and coded tables as a data package."""

from pathlib import Path

from underbalance.document.datapackage import processed_package
from underbalance.document.described import processed_tables
from underbalance.document.software import contributors
from underbalance.registry import read_codebook
from underbalance.stages import codings_of
from underbalance.step import run
from underbalance.tables import written_whole


def main(job):
    codings = codings_of(job.params.coded["codings"])
    codebook = read_codebook(Path(job.input.codebook))
    tables = processed_tables(codebook, codings).values()
    made = [table for table in tables if table.file in job.input.tables]
    text = processed_package(made, contributors(Path(job.input.citation)))
    with written_whole(Path(job.output[0])) as part:
        part.write_text(text, encoding="utf-8")


run(main, snakemake)
