"""Write the pages of the allies, with what explains each of their years."""

from pathlib import Path

from underbalance.explain.facts import Facts
from underbalance.present.ally.happened import Span
from underbalance.present.ally.in_models import read_model_tables
from underbalance.present.ally.page import Shared
from underbalance.present.ally.pages import write_ally_pages
from underbalance.present.extension_use import extension_uses
from underbalance.present.site.frame import Site
from underbalance.step import run


def main(job):
    p, given = job.params, job.input
    models = read_model_tables(Path(given.counts), Path(given.left_out), p.titles)
    site = Site(Path(job.output.pages[0]).parents[1], p.sample)
    shared = Shared(site, Span(*p.years), models, frozenset(p.cases), extension_uses())
    write_ally_pages(Facts(), p.members, shared)


run(main, snakemake)
