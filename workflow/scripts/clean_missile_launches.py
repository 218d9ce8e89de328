"""Count the missiles that North Korea launched, by year and range class."""

from underbalance.clean.missile_launches import missile_launches_by_year
from underbalance.schemas.facts.threat import RANGE_CLASSES
from underbalance.stages import read_facts, write_processed
from underbalance.step import run


def main(job):
    launches = read_facts(job.input.facts)["missile_launches"]
    span = job.params.first_year, job.params.last_year
    write_processed(missile_launches_by_year(launches, RANGE_CLASSES, *span), job.output[0])


run(main, snakemake)
