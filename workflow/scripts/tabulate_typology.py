"""Count the ally-years of each type."""

from pathlib import Path

from underbalance.present.formats import write
from underbalance.present.table_style import style_of
from underbalance.present.typology_table import typology_shares, typology_table
from underbalance.schemas.typology import typology_shares as schema
from underbalance.stages import group_of, read_processed, typology_of
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    p, group = job.params, group_of(job.params.group)
    shares = typology_shares(read_processed(job.input.typology), group, frozenset(p.members))
    write_table(shares, Path(job.output.csv), schema())
    table = typology_table(shares, typology_of(p.typology), group.label)
    write(table, job.output.shown, style_of(p.style))


run(main, snakemake)
