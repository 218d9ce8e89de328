"""Write down which rule made each result from what."""

from pathlib import Path

from underbalance.present.site.frame import Site
from underbalance.present.site.provenance_page import write_provenance
from underbalance.provenance import extensions_of_run, manifest_of, write_manifest
from underbalance.step import run


def main(job):
    p, read = job.params, [*job.input.facts, *job.input.lists]
    manifest = manifest_of(p.makers, p.steps, p.config, read, extensions_of_run())
    write_provenance(manifest, Site(Path(job.output.page).parent, p.sample_label))
    write_manifest(manifest, Path(job.output.manifest))


run(main, snakemake)
