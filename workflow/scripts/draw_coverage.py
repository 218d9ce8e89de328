"""Draw which facts, and which outcomes, are known of which ally and year."""

from pathlib import Path

from underbalance.document.described import title_of
from underbalance.outcomes.catalogue import OUTCOMES
from underbalance.present.coverage_map import draw_coverage
from underbalance.registry import read_allies
from underbalance.schemas.facts import FACTS
from underbalance.stages import read_processed
from underbalance.step import run


def main(job):
    rows, allies = read_processed(job.input.coverage), read_allies(Path(job.input.allies))
    titles = {name: title_of(schema) for name, schema in FACTS.items()}
    titles |= {f"outcome.{name}": outcome.label for name, outcome in OUTCOMES.items()}
    outcomes = rows["source"] == "outcome"
    for part, paths in ((~outcomes, job.output.facts), (outcomes, job.output.outcomes)):
        draw_coverage(rows[part], allies, titles, job.params.years, [Path(p) for p in paths])


run(main, snakemake)
