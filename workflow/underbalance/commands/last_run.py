"""Commands on the last run as a whole: summary, folder, verify, bench."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from underbalance.commands.of_run import of_run


@click.command()
@of_run
@click.option("--seconds", type=int, help="How long the run took.")
def summary(seconds: int | None, sample: str | None) -> None:
    """Print what the last run came to, in ten lines."""
    from underbalance.left_results import left_results_of_run
    from underbalance.present.run_summary import run_summary
    from underbalance.runs import sample_asked

    click.echo("\n".join(run_summary(sample_asked(sample).label, seconds)))
    for note in left_results_of_run():
        click.echo(f"note: {note}")


@click.command()
@of_run
def folder(sample: str | None) -> None:
    """Print the folder of a run's results."""
    from underbalance.places import in_run

    click.echo(in_run("results"))


@click.command()
@of_run
@click.option("--renew", is_flag=True, help="Keep the last run as the reference instead.")
@click.option(
    "--reference",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The numbers that are kept. Default, for the default run: tests/reference/headline.json.",
)
def verify(renew: bool, reference: Path | None, sample: str | None) -> None:
    """Compare the results of the last run with those that are kept, and say why they differ.

    Exit status: 0 all agree within their tolerance, 1 some differ or were edited by hand,
    2 there is no finished run of the present data and settings.
    """
    from underbalance.verify.account import renew as keep
    from underbalance.verify.account import verify as compare

    account = (keep if renew else compare)(reference)
    click.echo("\n".join(account.lines))
    sys.exit(account.status)


@click.command()
@of_run
@click.option("--cox", is_flag=True, help="Time the Cox fit against lifelines and R instead.")
def bench(cox: bool, sample: str | None) -> None:
    """Print the wall time and memory of every rule of the last run."""
    from underbalance.bench import benchmark_table
    from underbalance.bench_cox import cox_table

    click.echo(cox_table() if cox else benchmark_table())
