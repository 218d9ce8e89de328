"""Set the tables of robustness, effects, contrasts and weights."""

from pathlib import Path

from underbalance.present.formats import write
from underbalance.present.sampled import of_sample
from underbalance.present.table_style import style_of
from underbalance.present.tables_of_results.collected import tables_of_results
from underbalance.step import run


def main(job):
    p, folder = job.params, Path(job.output[0]).parent
    for table in tables_of_results(job):
        paths = [folder / f"{table.name}{ending}" for ending in p.formats]
        write(of_sample(table, p.sample_label), paths, style_of(p.style))


run(main, snakemake)
