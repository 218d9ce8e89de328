"""Commands that answer a question on the last run: cite, explain."""

from __future__ import annotations

import sys

import click

from underbalance.commands.of_run import of_run
from underbalance.errors import FaultsError


@click.command()
@of_run
@click.option(
    "--table",
    "tables",
    multiple=True,
    metavar="NAME",
    help="Only what this table or figure rests on: a name such as delivery, ally_year, "
    "outcome.effort or raw.milex, or a path. May be given more than once.",
)
def cite(tables: tuple[str, ...], sample: str | None) -> None:
    """Print BibTeX: the software, the article it tests, the sources the last run used."""
    from underbalance.document.cite import bibliography

    try:
        click.echo(bibliography(tables), nl=False)
    except FaultsError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


@click.command()
@of_run
@click.option("--ally", "iso3", required=True, metavar="CODE", help="The ally, such as JPN.")
@click.option("--year", required=True, type=int, help="The calendar year.")
@click.option(
    "--variable",
    "variables",
    multiple=True,
    metavar="NAME",
    help="Only this: a coding such as political_pca, a column of ally_year, an outcome, or type. "
    "May be given more than once. Default: the primary codings, the type and all outcomes.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "md", "html"]),
    default="text",
    show_default=True,
)
def explain(
    iso3: str, year: int, variables: tuple[str, ...], form: str, sample: str | None
) -> None:
    """Print why an ally-year is coded as it is: parts, rules, thresholds and raw rows."""
    from underbalance.explain.answer import explain
    from underbalance.explain.facts import Facts
    from underbalance.explain.render import RENDERERS
    from underbalance.explain.wording import title

    facts, code = Facts(), iso3.upper()
    try:
        nodes = explain(code, year, variables, facts)
    except FaultsError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(RENDERERS[form](nodes, title(facts.ally_name(code), year)), nl=False)
