"""Parse the originals of one facts table."""

from pathlib import Path

from underbalance.registry import read_allies
from underbalance.schemas.facts import FACTS
from underbalance.sources.facts import parse_facts
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    table, sources = job.wildcards.table, Path(job.params.sources)
    facts = parse_facts(table, sources, read_allies(Path(job.input.allies)))
    write_table(facts, Path(job.output[0]), FACTS[table]())


run(main, snakemake)
