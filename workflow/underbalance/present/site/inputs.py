"""What the pages of the report are made of, read for a job."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from underbalance.coding.measurement_tables import SCHEMAS as MEASUREMENT
from underbalance.coding.reliability import Bootstrap
from underbalance.config import Cases, Coding, Group
from underbalance.models.jobs import read_estimates, specifications_of
from underbalance.present.case_inputs import case_inputs
from underbalance.present.site.figures_page import Captions
from underbalance.registry import read_codebook, read_sources
from underbalance.schemas import reliability
from underbalance.specifications import Specification
from underbalance.stages import codings_of, group_of, read_ledgers, read_outcomes, read_processed
from underbalance.tables import read_table

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Settings:
    """The settings of a run that pages depend on.

    Parameters
    ----------
    specs : all specifications, by spec_id.
    codings : all codings, by name.
    group, members : the sample and its allies.
    cases : config/cases.yaml; ``order`` are the cases, ``years`` the first and last shown.
    bootstrap : how the intervals of measurement and reliability were drawn; its level is
        that of all intervals.
    reference : the reference sample in words.
    """

    specs: dict[str, Specification]
    codings: dict[str, Coding]
    group: Group
    members: frozenset[str]
    cases: Cases
    order: list[str]
    years: tuple[int, int]
    bootstrap: Bootstrap
    reference: str


@dataclass(frozen=True)
class Inputs:
    """Data and results of a run.

    Parameters
    ----------
    outcomes, cases, measurement, reliability, sensitivity : their tables by name.
    card : results/scorecard.csv.
    coverage : data/processed/coverage.csv.
    lists : codebook, sources (the registry) and the ledger of the outcomes.
    estimates : tidy results of the specifications that are not primary.
    captions : of the figures.
    tables, figures, documents : their files.
    case_figures : the folder of the figures of the cases.
    """

    outcomes: Tables
    cases: Tables
    measurement: Tables
    reliability: Tables
    sensitivity: Tables
    card: pd.DataFrame
    coverage: pd.DataFrame
    lists: Tables
    estimates: pd.DataFrame
    captions: Captions
    tables: list[Path]
    figures: list[Path]
    documents: list[Path]
    case_figures: Path


def read_settings(job: Any) -> Settings:
    """Return the settings in the parameters of a job."""
    p = job.params
    return Settings(
        specs=specifications_of(p.specs),
        codings=codings_of(p.coded["codings"]),
        group=group_of(p.group),
        members=frozenset(p.members),
        cases=Cases.model_validate(p.cases),
        order=list(p.order),
        years=(p.years[0], p.years[1]),
        bootstrap=Bootstrap(p.replications, p.seed, p.level),
        reference=p.reference,
    )


def read_inputs(job: Any) -> Inputs:
    """Return the inputs of a job."""
    given = job.input
    sources, codebook = read_sources(Path(given.sources)), read_codebook(Path(given.codebook))
    # shown as they are written
    of_claims = {
        Path(path).stem: pd.read_csv(path, dtype="str", keep_default_na=False)
        for path in given.claims
    }
    measured = {Path(path).stem: Path(path) for path in given.measurement}
    coders = {"alpha": reliability.alpha, "disagreements": reliability.disagreements}
    return Inputs(
        outcomes=read_outcomes(given.outcomes),
        cases=case_inputs(job) | of_claims | {"sources": sources},
        measurement={
            name: read_table(path, MEASUREMENT[name]()) for name, path in measured.items()
        },
        reliability={
            Path(path).stem: read_table(Path(path), coders[Path(path).stem]())
            for path in given.reliability
        },
        sensitivity={Path(path).stem: pd.read_csv(path) for path in given.sensitivity},
        card=pd.read_csv(given.scorecard),
        coverage=read_processed(given.coverage),
        lists={"codebook": codebook, "sources": sources, "ledger": read_ledgers(given.ledgers)},
        estimates=read_estimates(given.estimates),
        captions=json.loads(Path(given.captions).read_text(encoding="utf-8")),
        tables=[Path(path) for path in given.tables if path.endswith(".html")],
        figures=[Path(path) for path in given.figures if path.endswith(".png")],
        documents=[Path(path) for path in given.documents],
        case_figures=Path(given.case_figures[0]).parent,
    )
