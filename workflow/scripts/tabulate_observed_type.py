"""Set the table of predicted against observed types, and how far they agree."""

from pathlib import Path

from underbalance.coding.reliability import Bootstrap
from underbalance.outcomes.type_agreement import type_agreement
from underbalance.present.formats import write
from underbalance.present.observed_type_table import observed_type_table
from underbalance.present.table_style import style_of
from underbalance.schemas import observed_types as schemas
from underbalance.stages import read_processed
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    p, types = job.params, [read_processed(job.input[name]) for name in ("predicted", "observed")]
    agreement = type_agreement(*types, Bootstrap(p.replications, p.seed, p.level))
    write_table(agreement, Path(job.output.agreement), schemas.type_agreement())
    table = observed_type_table(*types, agreement, p.primary, p.level, p.sample_label)
    write(table, job.output.table, style_of(p.style))


run(main, snakemake)
