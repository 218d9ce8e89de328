"""Code the obstacles and the threat of every ally and year."""

from pathlib import Path

from underbalance.coding.obstacles import code_ally_years
from underbalance.export import write_ally_year
from underbalance.registry import read_codebook
from underbalance.stages import codings_of, read_processed, write_processed
from underbalance.step import run


def main(job):
    codings = codings_of(job.params.codings)
    years, spells = read_processed(job.input.country_years), read_processed(job.input.spells)
    table, ledger = code_ally_years(years, spells, codings)
    write_processed(ledger, job.output.ledger, "ledger")
    paths = [Path(job.output[name]) for name in ("csv", "parquet", "stata")]
    write_ally_year(table, *paths, codings, read_codebook(Path(job.input.codebook)))


run(main, snakemake)
