"""Set the table of predicted against observed types, and how far they agree."""

from underbalance.coding.reliability import Bootstrap
from underbalance.present.observed_type_table import write_observed_type
from underbalance.stages import read_processed
from underbalance.step import run


def main(job):
    p, predicted = job.params, read_processed(job.input.predicted)
    bootstrap = Bootstrap(p.replications, p.seed, p.level)
    shown = {"primary": p.primary, "sample_label": p.sample_label}
    write_observed_type(
        predicted, read_processed(job.input.observed), bootstrap, dict(job.output.items()), **shown
    )


run(main, snakemake)
