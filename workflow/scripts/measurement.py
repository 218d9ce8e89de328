"""Say how well the indices of obstacles and rivals measure what they name."""

from pathlib import Path

from underbalance.coding.measurement_tables import SCHEMAS, measurement_tables
from underbalance.coding.reliability import Bootstrap
from underbalance.stages import coded_ally_years, codings_of, references_of
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    p = job.params
    codings, references = codings_of(p.coded["codings"]), references_of(p.coded["references"])
    ally_year, _ = coded_ally_years(job)
    bootstrap = Bootstrap(p.replications, p.seed, p.level)
    tables = measurement_tables(ally_year, codings, references, bootstrap)
    for name, table in tables.items():
        write_table(table, Path(job.output[name]), SCHEMAS[name]())


run(main, snakemake)
