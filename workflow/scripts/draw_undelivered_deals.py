"""Draw figure 1: the share of deals not yet delivered, by obstacle tercile."""

from pathlib import Path

from underbalance.present.undelivered_deals import draw_undelivered_deals
from underbalance.stages import coded_ally_years, codings_of, group_of, read_processed
from underbalance.step import run


def main(job):
    p, codings = job.params, codings_of(job.params.coded["codings"])
    deals = read_processed(job.input.deals)
    ally_year = coded_ally_years(job)[0]
    paths = [Path(path) for path in (job.output.pdf, job.output.png)]
    sample = group_of(p.group), frozenset(p.members)
    limits = p.without, p.last_year, p.sample_label, p.confidence_level
    draw_undelivered_deals(deals, ally_year, codings, sample, *limits, paths)


run(main, snakemake)
