"""Say how well the indices of obstacles and rivals measure what they name."""

from pathlib import Path

from underbalance.coding.reliability import Bootstrap
from underbalance.present.measurement_page import write_measurement
from underbalance.registry import read_codebook
from underbalance.stages import codings_of, read_ally_year, references_of
from underbalance.step import run


def main(job):
    p, folder = job.params, Path(job.output.page).parent
    codings, references = codings_of(p.coded["codings"]), references_of(p.coded["references"])
    ally_year = read_ally_year(job.input.ally_year, codings)
    codebook = read_codebook(Path(job.input.codebook))
    bootstrap = Bootstrap(p.replications, p.seed, p.level)
    write_measurement(ally_year, codings, references, codebook, bootstrap, p.reference, folder)


run(main, snakemake)
