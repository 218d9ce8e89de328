"""Match US notices of requested sales with the orders that followed."""

from pathlib import Path

from underbalance.clean.notification_orders import notification_orders
from underbalance.families import read_families
from underbalance.stages import read_facts, read_processed, write_processed
from underbalance.step import run


def main(job):
    notifications = read_facts(job.input.facts)["notifications"]
    deals, families = read_processed(job.input.deals), read_families(Path(job.input.families))
    table, ledger = notification_orders(notifications, deals, families)
    write_processed(table, job.output.table)
    write_processed(ledger, job.output.ledger, "ledger")


run(main, snakemake)
