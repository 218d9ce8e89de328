"""The command ``underbalance``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from underbalance import __version__
from underbalance.errors import EstimationError, FaultsError

FOLDER = click.Path(file_okay=False, path_type=Path)


def _enter(context: click.Context, option: click.Parameter, sample: str | None) -> str | None:
    """Make the run of the sample the present one, before the command reads anything."""
    from underbalance.runs import enter_default_run, enter_run

    try:
        if sample is None:
            enter_default_run()
        else:
            enter_run(sample)
    except FaultsError as error:
        click.echo(str(error), err=True)
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


@click.group()
@click.version_option(__version__)
def main() -> None:
    """Ask about the results of Underbalance.

    The results are made by `make`; these commands answer questions about them.
    """
    # as in the rules: on small matrices threads cost more than they save
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


@main.command()
def check() -> None:
    """Check config, lists and facts tables; say every fault at once."""
    from underbalance.check import check_all
    from underbalance.extension_gain import extension_gain
    from underbalance.extensions import listed

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


@main.command("check-latex")
def check_latex() -> None:
    """Check that LaTeX is there with all that the paper needs; if not, say what to install."""
    from underbalance.errors import LatexError
    from underbalance.present.paper import check_latex

    try:
        check_latex()
    except LatexError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


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


@main.command()
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


@main.command()
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


@main.command()
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


@main.command()
@of_run
@click.option("--seconds", type=int, help="How long the run took.")
def summary(seconds: int | None, sample: str | None) -> None:
    """Print what the last run came to, in ten lines."""
    from underbalance.present.run_summary import run_summary
    from underbalance.runs import sample_asked

    click.echo("\n".join(run_summary(sample_asked(sample).label, seconds)))


@main.command()
@of_run
def folder(sample: str | None) -> None:
    """Print the folder of a run's results."""
    from underbalance.places import in_run

    click.echo(in_run("results"))


@main.command()
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


@main.command()
@of_run
@click.option("--cox", is_flag=True, help="Time the Cox fit against lifelines and R instead.")
def bench(cox: bool, sample: str | None) -> None:
    """Print the wall time and memory of every rule of the last run."""
    from underbalance.bench import benchmark_table
    from underbalance.bench_cox import cox_table

    click.echo(cox_table() if cox else benchmark_table())


@main.command()
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


@main.command("add-ally")
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


if __name__ == "__main__":
    main()
