"""Join the arms deals with their notes and lay out their years at risk."""

from underbalance.clean.deals import clean_deals
from underbalance.outcomes.delivery import deal_spells
from underbalance.stages import read_facts, read_processed, write_processed
from underbalance.step import run


def main(job):
    facts, last_year = read_facts(job.input.facts), job.params.last_year
    ally_years = read_processed(job.input.country_years)
    deals, ledger = clean_deals(facts["deals"], facts["deal_notes"], ally_years, last_year)
    write_processed(deals, job.output.deals)
    write_processed(deal_spells(deals, last_year), job.output.spells)
    write_processed(ledger, job.output.ledger, "ledger")


run(main, snakemake)
