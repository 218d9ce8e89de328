# Underbalance: do domestic obstacles make US allies cooperate more slowly, or less consistently?
#
#   snakemake --cores 2            every result (or simply: make)
#   snakemake --cores 2 data       the clean and coded tables only
#   snakemake --cores 2 models     … and the estimates
#   snakemake --cores 2 tables     … and the tables
#   snakemake --cores 2 figures    … and the figures
#   snakemake --cores 2 report     everything as pages, results/report/index.html
#   snakemake --cores 2 paper      the template article (needs LaTeX; not part of every result)
#   snakemake --cores 2 ingest --config sources=FOLDER
#                                  data/raw anew from the original releases
#
# The numbers of a run come from data/raw and config/; the code is in workflow/underbalance.

from snakemake.utils import min_version

min_version("9.0")


# the first page of `snakemake --report`; captions stand beside it
report: "workflow/report/workflow.rst"


include: "workflow/rules/common.smk"
include: "workflow/rules/ingest.smk"
include: "workflow/rules/clean.smk"
include: "workflow/rules/code.smk"
include: "workflow/rules/claims.smk"
include: "workflow/rules/estimate.smk"
include: "workflow/rules/sensitivity.smk"
include: "workflow/rules/hypotheses.smk"
include: "workflow/rules/tables.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/numbers.smk"
include: "workflow/rules/report.smk"
include: "workflow/rules/paper.smk"
include: "workflow/rules/manifest.smk"


# a manifest speaks of a complete run: none while results are made anew, or after that failed
onstart:
    anew = {str(path) for job in workflow.dag.needrun_jobs() for path in job.output}
    if anew & {*PRODUCTS, MANIFEST}:
        Path(MANIFEST).unlink(missing_ok=True)
    # what a killed run had half written: the lock is ours now, nobody else writes these
    for folder in {
        Path(path).parent for job in workflow.dag.jobs for path in job.output
    }:
        remove_parts(folder)


onerror:
    print(
        "The run is not complete: some files in results/ may be of an earlier run. There is "
        f"no {MANIFEST} until a run is complete.",
        file=sys.stderr,
    )


rule all:
    default_target: True
    input:
        PRODUCTS,
        MANIFEST,


rule data:
    input:
        DATA,
        PACKAGE,


rule models:
    input:
        MODELS,


rule tables:
    input:
        TABLES,


rule report:
    input:
        REPORT,
        ALLY_PAGES,
        f"{REPORT_FOLDER}/provenance.html",


rule figures:
    input:
        FIGURES,
