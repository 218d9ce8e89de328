"""Code the obstacles and the threat of every ally and year."""

from pathlib import Path

from underbalance.coding.describe import with_codings
from underbalance.export import write_ally_year
from underbalance.registry import read_codebook
from underbalance.stages import coded_ally_years, codings_of, write_processed
from underbalance.step import run


def main(job):
    codings = codings_of(job.params.coded["codings"])
    table, ledger = coded_ally_years(job)
    write_processed(ledger, job.output.ledger, "ledger")
    paths = [Path(job.output[name]) for name in ("csv", "parquet", "stata")]
    codebook = with_codings(read_codebook(Path(job.input.codebook)), codings)
    write_ally_year(table, *paths, codings, codebook)


run(main, snakemake)
