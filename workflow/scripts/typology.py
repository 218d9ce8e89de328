"""Say of which type every ally is, by year and by period."""

from underbalance.coding.typology import period_types, typology, untyped
from underbalance.stages import codings_of, read_ally_year, typology_of, write_processed
from underbalance.step import run


def main(job):
    settings = typology_of(job.params.typology)
    table = read_ally_year(job.input.ally_year, codings_of(job.params.codings))
    years = typology(table, settings)
    periods = period_types(years, settings.period_years)
    write_processed(years, job.output.years)
    write_processed(periods, job.output.periods)
    write_processed(untyped(years, periods, settings.period_years), job.output.ledger, "ledger")


run(main, snakemake)
