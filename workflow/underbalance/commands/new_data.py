"""Commands that bring data into the project: refresh, add-ally."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from underbalance.errors import FaultsError

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option(
    "--sources",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder with the newer releases, one folder per source as named in config/sources.csv.",
)
@click.option("--accept", is_flag=True, help="Write them to data/raw and to the registry.")
@click.option(
    "--changes",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every changed cell to this CSV file.",
)
def refresh(folder: Path, accept: bool, file: Path | None) -> None:
    """Compare newer releases with data/raw; nothing is replaced without --accept."""
    from underbalance.changes import summarise
    from underbalance.refresh import refresh, reminders
    from underbalance.registry import read_codebook
    from underbalance.tables import write_table

    try:
        found = refresh(folder, write=accept, tell=lambda line: click.echo(line, err=True))
    except FaultsError as error:
        click.echo(f"nothing was replaced. {error}", err=True)
        sys.exit(1)
    if found.absent:
        names = ", ".join(found.absent)
        click.echo(f"left alone, as a folder of their sources is not there: {names}")
    if found.changes.empty:
        click.echo("no cell differs from data/raw")
    else:
        click.echo("cells that differ from data/raw:")
        click.echo(summarise(found.changes).to_string(index=False))
    for line in found.extended:
        click.echo(f"coverage: {line}")
    if found.unread:
        names = ", ".join(f"{path.parent.name}/{path.name}" for path in found.unread)
        click.echo(f"files that no parser asked for: {names}")
    if file:
        write_table(found.changes, file)
    if found.faults:
        click.echo(f"nothing was replaced. {FaultsError(found.faults)}", err=True)
        sys.exit(1)
    if not found.written:
        click.echo("nothing was replaced; the same command with --accept writes the tables")
        return
    click.echo("data/raw, config/sources.csv and the documents were written; now run `make`")
    for line in reminders(found.changes["table"], found.registry, read_codebook()):
        click.echo(f"remember: {line}")


@click.command("add-ally")
@click.argument("code")
@click.option("--since", default="", metavar="DAY", help="When the tie began: YYYY[-MM[-DD]].")
@click.option("--until", default="", metavar="DAY", help="When it ended. Default: it is in force.")
@click.option(
    "--alliance", default="", metavar="KIND", help="The tie: NATO, MNNA, partner and the like."
)
@click.option("--name", help="What the ally is called, if it is not listed.")
@click.option("--region", help="Its region, if it is not listed.")
@click.option("--cow-code", help="Its Correlates of War number, if it is not listed.")
@click.option("--gw-code", help="Its Gleditsch and Ward number. Default: the same.")
@click.option("--independent-since", metavar="DAY", help="If it became independent after 1985.")
@click.option("--sources", type=FOLDER, help="Folder with original releases, one for each source.")
@click.option("--from-folder", "folder", type=FOLDER, help="Folder of tables, with sources.csv.")
@click.option(
    "--from-csv", "files", multiple=True, metavar="TABLE=FILE", help="A file of your own."
)
@click.option(
    "--column", "columns", multiple=True, metavar="NEW=OLD", help="What your file calls a column."
)
@click.option(
    "--value", "values", multiple=True, metavar="NEW=VALUE", help="The same in every row."
)
@click.option(
    "--called", multiple=True, metavar="NAME", help="What your file calls the ally, if otherwise."
)
@click.option("--citation", default="", help='Where your file is from: "Author. Year. Title."')
@click.option("--licence", default="", help="On what terms your file may be used.")
@click.option("--template", "templates", multiple=True, metavar="TABLE", help="To be filled.")
@click.option("--dry-run", is_flag=True, help="Write nothing.")
@click.option("--replace", is_flag=True, help="Overwrite files of the extension.")
def add_ally(code: str, **options: Any) -> None:
    """Add an ally, or years of one, in data/raw/extensions, and say what there is for it."""
    from underbalance.add_ally.command import run

    try:
        lines = run(code, options)
    except FaultsError as error:
        click.echo(f"nothing was written. {error}", err=True)
        sys.exit(1)
    for line in lines:
        click.echo(line)
