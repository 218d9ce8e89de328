"""Say which type each ally's record shows in each decade."""

from underbalance.outcomes.observed_type import observed_types
from underbalance.stages import group_of, read_outcomes, read_processed, write_processed
from underbalance.step import run


def main(job):
    given, sample = job.input, (group_of(job.params.group), frozenset(job.params.members))
    deals, years = read_processed(given.deals), read_processed(given.country_years)
    types, medians, ledger = observed_types(read_outcomes(given.outcomes), deals, years, *sample)
    write_processed(types, job.output.types)
    write_processed(medians, job.output.medians)
    write_processed(ledger, job.output.ledger, "ledger")


run(main, snakemake)
