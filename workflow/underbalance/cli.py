"""The command ``underbalance``."""

from __future__ import annotations

import sys

import click

from underbalance import __version__
from underbalance.errors import FaultsError


@click.group()
@click.version_option(__version__)
def main() -> None:
    """Ask about the results of Underbalance.

    The results are made by `make`; these commands answer questions about them.
    """


@main.command()
def check() -> None:
    """Check config, lists and facts tables; say every fault at once."""
    from underbalance.check import check_inputs

    try:
        notes = check_inputs()
    except FaultsError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    for note in notes:
        click.echo(f"note: {note}")
    click.echo("config, lists and facts tables are sound")


@main.command()
def bench() -> None:
    """Print the wall time and memory of every rule of the last run."""
    from underbalance.bench import benchmark_table

    click.echo(benchmark_table())


if __name__ == "__main__":
    main()
