"""Say of which type every ally is, by year and by period."""

from underbalance.coding.typology import period_types, typology, untyped
from underbalance.stages import coded_ally_years, typology_of, write_processed
from underbalance.step import run


def main(job):
    settings = typology_of(job.params.typology)
    years = typology(coded_ally_years(job)[0], settings)
    periods = period_types(years, settings.period_years)
    write_processed(years, job.output.years)
    write_processed(periods, job.output.periods)
    write_processed(untyped(years, periods, settings.period_years), job.output.ledger, "ledger")


run(main, snakemake)
