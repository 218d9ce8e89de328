"""Say how well the indices of obstacles and rivals measure what they name."""

from pathlib import Path

from underbalance.coding.reliability import Bootstrap
from underbalance.present.measurement_page import write_measurement
from underbalance.registry import read_codebook
from underbalance.stages import coded_ally_years, codings_of, references_of
from underbalance.step import run


def main(job):
    p, folder = job.params, Path(job.output.page).parent
    codings, references = codings_of(p.coded["codings"]), references_of(p.coded["references"])
    ally_year, _ = coded_ally_years(job)
    codebook = read_codebook(Path(job.input.codebook))
    bootstrap = Bootstrap(p.replications, p.seed, p.level)
    write_measurement(ally_year, codings, references, codebook, bootstrap, p.reference, folder)


run(main, snakemake)
