"""Count the ally-years of each type, as CSV, HTML and LaTeX."""

from pathlib import Path

from underbalance.present.typology_table import typology_shares, typology_table
from underbalance.present.writers import write_html, write_tex
from underbalance.schemas.typology import typology_shares as schema
from underbalance.stages import group_of, read_processed, typology_of
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    p, group = job.params, group_of(job.params.group)
    shares = typology_shares(read_processed(job.input.typology), group, frozenset(p.members))
    write_table(shares, Path(job.output.csv), schema())
    table = typology_table(shares, typology_of(p.typology), group.label)
    write_html(table, Path(job.output.html))
    write_tex(table, Path(job.output.tex))


run(main, snakemake)
