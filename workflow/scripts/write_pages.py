"""Write the pages of the report, but for those of the allies and of the provenance."""

from pathlib import Path

from underbalance.present.site.frame import Site
from underbalance.present.site.inputs import read_inputs, read_settings
from underbalance.present.site.report import remove_others, write_report
from underbalance.step import run


def main(job):
    # the first is the page at the root
    site = Site(Path(job.output.pages[0]).parent, job.params.sample_label)
    write_report(read_inputs(job), read_settings(job), site, Path(job.output.summary))
    remove_others([Path(path) for path in job.output.pages], site.root)


run(main, snakemake)
