"""Say how far the two codings of legal constraints agree, and where they do not."""

from pathlib import Path

from underbalance.clean.legal import adjudicated_periods
from underbalance.coding.reliability import Bootstrap, disagreements, reliability
from underbalance.schemas import reliability as schemas
from underbalance.stages import read_facts
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    periods = adjudicated_periods(read_facts(job.input.facts)["legal_constraints"])
    bootstrap = Bootstrap(job.params.replications, job.params.seed, job.params.level)
    write_table(reliability(periods, bootstrap), Path(job.output.alpha), schemas.alpha())
    table, path = disagreements(periods), Path(job.output.disagreements)
    write_table(table, path, schemas.disagreements())


run(main, snakemake)
