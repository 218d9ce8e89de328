"""Compare the standardised effects of the obstacles on two groups of outcomes."""

from pathlib import Path

from underbalance.hypotheses.members import contrasts_and_effects
from underbalance.models.jobs import plan_of_several, read_model_tables, specifications_of
from underbalance.schemas.hypotheses import contrasts, effects
from underbalance.stages import coded_ally_years
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    p, out = job.params, job.output
    tables = {"ally_year": coded_ally_years(job)[0], **read_model_tables(job.input.tables)}
    specs = specifications_of(p.specs)
    found = contrasts_and_effects(specs, tables, plan_of_several(p), [p.seed], p.replications)
    write_table(found[0], Path(out.contrasts), contrasts())
    write_table(found[1], Path(out.effects), effects())


run(main, snakemake)
