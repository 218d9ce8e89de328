"""Draw the obstacles of every ally of the reference sample over the years."""

from pathlib import Path

from underbalance.present.obstacle_profiles import draw_obstacle_profiles
from underbalance.stages import coded_ally_years, codings_of
from underbalance.step import run


def main(job):
    p, codings = job.params, codings_of(job.params.coded["codings"])
    ally_year, _ = coded_ally_years(job)
    labels = {name: codings[name].label for name in p.obstacles}
    paths = [Path(path) for path in (job.output.pdf, job.output.png)]
    draw_obstacle_profiles(ally_year, labels, p.members, p.years, paths)


run(main, snakemake)
