"""Commands on what the project is made from: its lists, tables and documents."""

from __future__ import annotations

import sys

import click

from underbalance.errors import FaultsError


@click.command()
def check() -> None:
    """Check config, lists and facts tables; say every fault at once."""
    from underbalance.check import check_all
    from underbalance.extension_gain import extension_gain
    from underbalance.extensions import listed
    from underbalance.left_results import left_results

    try:
        notes = check_all()
    except FaultsError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    for note in notes:
        click.echo(f"note: {note}")
    click.echo("config, lists and facts tables are sound")
    for iso3 in listed():
        click.echo("\n".join(extension_gain(iso3)))
    for note in left_results():
        click.echo(f"note: {note}")


@click.command("check-latex")
def check_latex() -> None:
    """Check that LaTeX is there with all that the paper needs; if not, say what to install."""
    from underbalance.errors import LatexError
    from underbalance.present.paper import check_latex

    try:
        check_latex()
    except LatexError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


@click.command()
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
