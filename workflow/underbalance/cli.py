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
def document() -> None:
    """Write data/raw/README.md, the codebook and the like anew from the lists in config/."""
    from underbalance.document.documents import write_documents

    try:
        written = write_documents()
    except FaultsError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    for path in written:
        click.echo(f"written: {path.as_posix()}")
    if not written:
        click.echo("nothing to write: all documents are as the lists in config/ have them")


@main.command()
@click.option(
    "--table",
    "tables",
    multiple=True,
    metavar="NAME",
    help="Only what this table or figure rests on: a name such as delivery, ally_year, "
    "outcome.effort or raw.milex, or a path. May be given more than once.",
)
def cite(tables: tuple[str, ...]) -> None:
    """Print BibTeX: the software, the article it tests, the sources the last run used."""
    from underbalance.document.cite import bibliography

    try:
        click.echo(bibliography(tables), nl=False)
    except FaultsError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


@main.command()
def bench() -> None:
    """Print the wall time and memory of every rule of the last run."""
    from underbalance.bench import benchmark_table

    click.echo(benchmark_table())


if __name__ == "__main__":
    main()
