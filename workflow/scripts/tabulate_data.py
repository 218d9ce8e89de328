"""Describe the data of the primary models, and set the tables of data."""

from pathlib import Path

from underbalance.description.described import SCHEMAS, described
from underbalance.present.formats import write
from underbalance.present.sampled import of_sample
from underbalance.present.table_style import style_of
from underbalance.present.tables_of_data.collected import tables_of_data
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    p, found = job.params, described(job)
    for name, frame in found.items():
        write_table(frame, Path(job.output[name]), SCHEMAS[name]())
    folder = Path(job.output.tables[0]).parent
    for table in tables_of_data(job, found):
        paths = [folder / f"{table.name}{ending}" for ending in p.formats]
        write(of_sample(table, p.sample_label), paths, style_of(p.style))


run(main, snakemake)
