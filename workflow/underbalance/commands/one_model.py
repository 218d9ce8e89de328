"""Commands on one specification: fit, design."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from underbalance.errors import EstimationError, FaultsError


@click.command()
@click.argument("spec_id")
@click.option(
    "--sample",
    metavar="NAME",
    help="A group, or groups and codes joined by +. Default: that of the specification.",
)
@click.option(
    "--draws",
    metavar="N",
    type=click.IntRange(99, 999_999),
    help="Of the wild cluster bootstrap. Default: bootstrap_draws of config/config.yaml.",
)
@click.option("--quick", is_flag=True, help="No bootstrap: p and intervals from t(G−1) only.")
@click.option("--all", "every_term", is_flag=True, help="Print dummies, too, each on a line.")
def fit(spec_id: str, sample: str | None, draws: int | None, quick: bool, every_term: bool) -> None:
    """Estimate one specification of config/models.yaml and print it; nothing is written.

    It takes the processed tables as the last run left them: of a sample that has a run of its
    own that run's, else those of the default run.
    """
    click.echo(f"reading config/models.yaml and the tables of {spec_id} …", err=True)
    from underbalance.models.alone import fit_alone
    from underbalance.present.fit_text import fit_text
    from underbalance.registry import read_codebook

    def tell(line: str) -> None:
        click.echo(line, err=True)

    try:
        found = fit_alone(spec_id, sample, draws=draws, quick=quick, tell=tell)
    except FaultsError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    text = fit_text(spec_id, found.spec, found.rows, read_codebook(), every_term=every_term)
    click.echo(text, nl=False)
    if not found.estimated:
        sys.exit(1)


@click.command()
@click.argument("spec_id")
@click.option(
    "--output",
    "file",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="A CSV file; what its columns are goes to another beside it.",
)
@click.option(
    "--sample",
    metavar="NAME",
    help="A group, or groups and codes joined by +. Default: that of the specification.",
)
def design(spec_id: str, file: Path, sample: str | None) -> None:
    """Write the rows that a model was estimated on, for R, Stata and the like.

    SPEC_ID is a specification of config/models.yaml. The tables are those that `fit` takes.
    """
    from underbalance.design_file import write_design

    try:
        written = write_design(spec_id, file, sample)
    except (FaultsError, EstimationError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    rows, estimator = written.rows, written.spec.estimator
    allies = rows["iso3"].nunique()
    click.echo(f"{file}: {len(rows):,} rows of {allies} allies, for the estimator {estimator}")
    click.echo(f"{written.codebook}: their columns")
    if written.reason:
        click.echo(f"note: the model itself is not estimated: {written.reason}", err=True)
