"""The option ``--sample`` of commands that read a run."""

from __future__ import annotations

import sys

import click

from underbalance.errors import FaultsError


def _enter(context: click.Context, option: click.Parameter, sample: str | None) -> str | None:
    """Make the run of the sample the present one, before the command reads anything."""
    from underbalance.left_results import left_results
    from underbalance.runs import enter_default_run, enter_run

    try:
        if sample is None:
            enter_default_run()
        else:
            enter_run(sample)
    except FaultsError as error:
        click.echo(str(error), err=True)
        # of a sample that named an extension there may be results
        for note in left_results():
            click.echo(f"note: {note}", err=True)
        sys.exit(1)
    return sample


# the run that a command reads; entered before the command begins
of_run = click.option(
    "--sample",
    metavar="NAME",
    callback=_enter,
    is_eager=True,
    help="The run of this sample, as in `make SAMPLE=NAME`. Default: that of config/config.yaml.",
)
