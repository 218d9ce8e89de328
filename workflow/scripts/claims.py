"""Hold the claims of Yoo (2012) against the coding and the public record."""

from pathlib import Path

from underbalance.claims.judge import judge_claims
from underbalance.claims.tenures import with_possible_days
from underbalance.present.claims_page import claims_page
from underbalance.present.formats import write
from underbalance.present.table_style import style_of
from underbalance.samples import of_allies
from underbalance.schemas.claims import claims
from underbalance.stages import coded_ally_years, read_facts, read_processed
from underbalance.step import run
from underbalance.tables import write_table


def main(job):
    ally_year, facts = coded_ally_years(job)[0], read_facts(job.input.facts)
    spells, name = read_processed(job.input.spells), "missile_defence_events"
    claimed = of_allies(facts["seed_claims"], job.params.judged)
    facts |= {name: with_possible_days(facts[name], spells)}
    judged = judge_claims(claimed, ally_year, facts, job.params.last_recorded)
    write_table(judged, Path(job.output.csv), claims())
    write(claims_page(judged), job.output.shown, style_of(job.params.style))


run(main, snakemake)
