"""Draw which facts are known of which ally and year."""

from pathlib import Path

from underbalance.document.described import title_of
from underbalance.present.coverage_map import draw_coverage
from underbalance.registry import read_allies
from underbalance.schemas.facts import FACTS
from underbalance.stages import read_processed
from underbalance.step import run


def main(job):
    rows, allies = read_processed(job.input.coverage), read_allies(Path(job.input.allies))
    titles = {name: title_of(schema) for name, schema in FACTS.items()}
    paths = [Path(path) for path in (job.output.pdf, job.output.png)]
    draw_coverage(rows, allies, titles, job.params.years, paths)


run(main, snakemake)
