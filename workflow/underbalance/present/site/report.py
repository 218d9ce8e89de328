"""All pages of the report but those of the allies and of the provenance."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from underbalance.coding.describe import with_codings
from underbalance.document.described import title_of
from underbalance.outcomes.listed import all_outcomes
from underbalance.places import in_run
from underbalance.present.case_pages import write_case_pages
from underbalance.present.measurement_page import write_measurement_page
from underbalance.present.outcome_models import models_by_outcome
from underbalance.present.outcome_summary import describe_outcomes
from underbalance.present.reliability_page import write_reliability_page
from underbalance.present.site.coverage_page import write_coverage
from underbalance.present.site.documents import write_documents
from underbalance.present.site.figures_page import write_figures
from underbalance.present.site.frame import Site, keep_only, write_assets
from underbalance.present.site.inputs import Inputs, Settings
from underbalance.present.site.listing import COPIED, FOLDERS
from underbalance.present.site.overview import write_overview
from underbalance.present.site.tables_page import write_tables
from underbalance.schemas.listed import all_facts
from underbalance.tables import written_whole


def write_report(given: Inputs, settings: Settings, site: Site, summary: Path) -> None:
    """Write the pages and what they load, and the summary of the outcomes.

    Parameters
    ----------
    summary : results/outcomes/summary.csv.
    """
    write_assets(site.root / "assets")
    allies = given.cases["allies"]
    names = dict(zip(allies["iso3"], allies["name"], strict=True))
    codebook = with_codings(given.lists["codebook"], settings.codings)
    write_overview(
        given.card,
        given.sensitivity,
        settings.specs,
        allies,
        settings.members,
        settings.bootstrap.level,
        codebook,
        given.estimates,
        site,
    )
    describe_outcomes(
        given.outcomes,
        site,
        summary,
        group=settings.group,
        members=settings.members,
        lists=given.lists,
        names=names,
        models=models_by_outcome(given.card, settings.specs, codebook),
    )
    write_case_pages(
        given.cases,
        settings.cases,
        settings.years,
        settings.order,
        settings.members,
        given.case_figures,
        site,
    )
    _write_measurement(given, settings, names, site)
    linked = {Path(result).name: f"downloads/{name}" for name, result in COPIED.items()}
    write_tables(given.tables, site, linked)
    write_figures(given.figures, given.captions, site)
    titles = {name: title_of(schema) for name, schema in all_facts().items()}
    titles |= {f"outcome.{name}": outcome.label for name, outcome in all_outcomes().items()}
    write_coverage(given.coverage, allies, given.lists["sources"], titles, site)
    write_documents(given.documents, site)
    for name, result in COPIED.items():
        with written_whole(site.root / "downloads" / name) as part:
            shutil.copyfile(in_run(result), part)


def remove_others(paths: Sequence[Path], root: Path) -> None:
    """Remove from the folders of the report what is not among its files any more."""
    for folder in FOLDERS:
        keep_only(paths, root / folder)


def _write_measurement(
    given: Inputs, settings: Settings, names: Mapping[str, str], site: Site
) -> None:
    codebook, bootstrap = given.lists["codebook"], settings.bootstrap
    write_measurement_page(
        given.measurement, settings.codings, codebook, bootstrap, settings.reference, site
    )
    alpha, differing = (given.reliability[name] for name in ("alpha", "disagreements"))
    write_reliability_page(alpha, differing, codebook, names, bootstrap, site)
