"""The whole pipeline as a user runs it."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from underbalance.outcomes.catalogue import OUTCOMES
from underbalance.schemas.cases import CASE_TABLES

pytestmark = pytest.mark.end_to_end

Snakemake = Callable[..., subprocess.CompletedProcess[str]]
MADE = (
    "data/processed",
    "results/cases",
    "results/outcomes",
    "results/reliability",
    "results/description",
    "results/measurement",
    "results/sensitivity",
    "results/tables",
    "results/estimates",
    "results/inference",
    "results/figures",
    "results/hypotheses",
    "results/report",
)
# the manifest as a page: written after all that it names
LAST = "results/report/provenance.html"
SHIPPED_NOTE = "data/processed/README.md"


def fingerprints(folder: Path, parts: tuple[str, ...] = MADE) -> dict[str, str]:
    files = [path for part in parts for path in (folder / part).rglob("*") if path.is_file()]
    files += sorted((folder / "results").glob("scorecard*"))
    files += sorted((folder / "results").glob("numbers.*"))
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if str(path.relative_to(folder)) != SHIPPED_NOTE
    }


@pytest.fixture
def project(finished: Path, tmp_path: Path) -> Path:
    """A copy of the finished run that a test may break; unchanged files stay up to date."""
    folder = tmp_path / "project"
    shutil.copytree(finished, folder)
    return folder


def test_every_product_is_made(finished: Path) -> None:
    expected = [
        *(f"data/processed/ally_year.{ending}" for ending in ("csv", "parquet", "dta")),
        *(
            f"data/processed/{name}.csv"
            for name in (
                "leader_spells",
                "legal",
                "deals",
                "deal_spells",
                "notification_orders",
                "observed_types",
                "delay_medians",
                "predicted_types",
                "ledger",
                "coverage",
            )
        ),
        *(f"results/reliability/{name}" for name in ("alpha.csv", "disagreements.csv")),
        *(
            f"results/measurement/{name}"
            for name in ("consistency.csv", "components.csv", "correlations.csv")
        ),
        *(
            f"results/tables/{name}{ending}"
            for name in ("models_H1_1", "models_H4", "models_H2_robustness", "observed_type")
            for ending in (".csv", ".html", ".tex", "_tabular.tex", ".docx")
        ),
        *(
            f"results/{folder}/{name}.csv"
            for folder in ("estimates", "inference")
            for name in ("effort", "delivery", "loss")
        ),
        *(
            f"results/figures/{name}.{ending}"
            for name in (
                "coefficients",
                "effects_years",
                "survival",
                "cumulative_incidence",
                "defence_effort",
                "coverage",
                "obstacle_profiles",
                "coding_correlations",
                "weights",
            )
            for ending in ("pdf", "png")
        ),
        *(f"results/numbers{ending}" for ending in (".tex", ".json")),
        *(
            f"results/scorecard{ending}"
            for ending in (".csv", ".html", ".tex", "_tabular.tex", ".docx")
        ),
        *(
            f"results/hypotheses/{name}.csv"
            for name in ("contrasts", "effects", "weights", "nested")
        ),
        *(f"data/processed/outcomes/{name}.csv" for name in OUTCOMES),
        *(f"results/report/outcomes/{name}.html" for name in OUTCOMES),
        "results/outcomes/summary.csv",
        *(f"results/cases/{name}.csv" for name in CASE_TABLES),
        *(f"results/cases/{name}" for name in ("JPN.pdf", "KOR.png")),
        *(
            f"results/report/{name}"
            for name in (
                "index.html",
                "cases/JPN.html",
                "cases/claims.html",
                "tables/models_H3.html",
                "tables/index.html",
                "figures.html",
                "coverage.html",
                "measurement.html",
                "reliability.html",
                "methods.html",
                "methods/codebook.html",
                "provenance.html",
                "assets/vega.js",
                "downloads/scorecard.docx",
            )
        ),
        "data/processed/datapackage.json",
        "results/manifest.json",
    ]
    assert [name for name in expected if not (finished / name).is_file()] == []


def test_every_figure_has_a_caption(finished: Path) -> None:
    figures = finished / "results/figures"
    captions = json.loads((figures / "captions.json").read_text(encoding="utf-8"))
    assert set(captions) == {path.stem for path in figures.glob("*.pdf")}
    assert all(words["title"] and words["caption"].endswith(".") for words in captions.values())


def test_a_second_run_has_nothing_to_do(finished: Path, snakemake: Snakemake) -> None:
    run = snakemake(finished, "--dry-run")
    assert run.returncode == 0
    assert "Nothing to be done" in run.stdout + run.stderr


def test_the_manifest_names_maker_inputs_and_hash_of_every_product(finished: Path) -> None:
    manifest = json.loads((finished / "results/manifest.json").read_text(encoding="utf-8"))
    products = {
        name: sha
        for name, sha in fingerprints(finished).items()
        if "/parts/" not in name and name != LAST
    }
    assert {name: output["sha256"] for name, output in manifest["outputs"].items()} == products
    delivery = manifest["outputs"]["results/estimates/delivery.csv"]
    assert delivery["rule"] == "estimate_delivery"
    assert set(delivery["inputs"]) == {
        "data/processed/deal_spells.csv",
        "data/processed/leader_spells.csv",
        "data/processed/parts/country_years.csv",
    }
    assert (finished / delivery["script"]).is_file()
    facts = {f"data/raw/{path.name}" for path in (finished / "data/raw").glob("*.csv")}
    assert facts <= set(manifest["inputs"])


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


MILEX, MODELS, SETTINGS = "data/raw/milex.csv", "config/models.yaml", "config/config.yaml"


# mistakes that a run tells together: of several files, or of several rows of a table
@pytest.mark.parametrize(
    "mistakes",
    [
        [
            (SETTINGS, "seed:", "sede:", ["key sede", "unknown key", "did you mean `seed`"]),
            (
                MODELS,
                "obstacles: [political, social]",
                "obstacles: [politics, social]",
                ["key effort.obstacles", "unknown variable", "did you mean `political`"],
            ),
            (MILEX, "JPN,1998,0.00", "JPN,1998,0;00", ["milex.csv", "JPN 1998", "number"]),
            (
                "data/raw/leaders.csv",
                ",1993-08-09,",
                ",1993-02-30,",
                ["1993-02-30", "date that exists"],
            ),
        ],
        [
            (SETTINGS, "sample: core", "sample: nato", ["nato", "extended"]),
            (MILEX, "JPN,1998,", "JPX,1998,", ["JPX", "listed ally", "JPN"]),
            (MILEX, "KOR,1998,", "KOR,1997,", ["KOR 1997", "unique"]),
        ],
        [(MILEX, "JPN,1998,", "JPN,1961,", ["1961", "coverage", "1988 to 2025"])],
        [(MILEX, "iso3,year,share_gdp,", "iso3,year,share,", ["share_gdp", "header"])],
    ],
    ids=["cells of several files", "names and rows", "a year", "a column"],
)
def test_wrong_input_stops_before_any_job_and_leaves_results_alone(
    project: Path, snakemake: Snakemake, mistakes: list[tuple[str, str, str, list[str]]]
) -> None:
    before = fingerprints(project)
    for file, old, new, _ in mistakes:
        replace_in(project / file, old, new)
    run = snakemake(project)
    message = run.stdout + run.stderr
    assert run.returncode != 0
    wanted = [text for file, _, _, said in mistakes for text in (file, *said)]
    assert [text for text in wanted if text not in message] == []
    assert message.count("mend:") >= len(mistakes)
    assert "Traceback" not in message
    assert fingerprints(project) == before


def test_a_missing_file_is_named(project: Path, snakemake: Snakemake) -> None:
    (project / "data/raw/deals.csv").unlink()
    run = snakemake(project)
    assert run.returncode != 0
    assert "data/raw/deals.csv" in run.stdout + run.stderr
    assert "git checkout" in run.stdout + run.stderr


def test_a_setting_on_the_command_line_is_checked_too(finished: Path, snakemake: Snakemake) -> None:
    run = snakemake(finished, "--dry-run", "--config", "smaple=core")
    assert run.returncode != 0
    assert "did you mean `sample`" in run.stdout + run.stderr


def test_ingest_without_a_folder_says_how_to_give_it(finished: Path, snakemake: Snakemake) -> None:
    run = snakemake(finished, "ingest", "--dry-run")
    assert run.returncode != 0
    assert "--config sources=FOLDER" in run.stdout + run.stderr


def test_a_changed_specification_makes_only_its_own_results_anew(
    project: Path, snakemake: Snakemake
) -> None:
    before = fingerprints(project)
    replace_in(project / "config/models.yaml", "[ambiguous, competing]", "[ambiguous]")
    run = snakemake(project)
    assert run.returncode == 0, run.stderr
    after = fingerprints(project)
    changed = {name for name in before if before[name] != after[name]} - {LAST}
    # the model is in a table of models and among the checks of a primary one
    tables = ("models_H3_beside_3", "robustness_H3")
    downloaded = (".csv", ".docx", ".tex", "_tabular.tex")
    assert changed == {
        *(
            f"results/report/{name}"
            for name in (
                "index.html",
                *(f"tables/{table}.html" for table in tables),
                *(f"downloads/{table}{ending}" for table in tables for ending in downloaded),
            )
        ),
        "results/numbers.json",
        "results/numbers.tex",
        "results/estimates/commitment_clear.csv",
        "results/inference/commitment_clear.csv",
        *(f"results/tables/{table}{e}" for table in tables for e in (*downloaded, ".html")),
    }
    assert "clean_leaders" not in run.stdout + run.stderr


def planned(project: Path, snakemake: Snakemake) -> set[str]:
    """Return the names of the rules that a run would start."""
    told = snakemake(project, "--dry-run").stdout
    return set(re.findall(r"^([a-z_]+) +\d+$", told, re.M)) - {"total", "all"}


def test_a_changed_line_of_codings_reruns_only_what_depends_on_it(
    project: Path, snakemake: Snakemake
) -> None:
    codings = project / "config/codings.yaml"
    shipped = codings.read_text(encoding="utf-8")
    # these hold all codings, or are told what made everything
    of_all = {"code_obstacles", "ledger", "describe_data", "manifest", "write_pages"}
    of_all |= {"measurement", "tabulate_data", "draw_data", "report_allies"}
    of_all |= {"specification_curve", "tabulate_results", "draw_results", "quote_numbers"}
    codings.write_text(
        shipped.replace(
            "{variable: caretaker_days, sign: 1}", "{variable: caretaker_days, sign: -1}"
        ),
        encoding="utf-8",
    )
    assert planned(project, snakemake) <= of_all
    codings.write_text(
        shipped.replace("{variable: debt, sign: 1}\n", "{variable: expenditure, sign: 1}\n", 1),
        encoding="utf-8",
    )
    found = planned(project, snakemake)
    assert {"estimate_effort", "tabulate", "typology", "claims"} <= found
    # nothing that is made before coding, and no outcome
    assert not {name for name in found if name.startswith(("clean_", "outcome"))}


def test_a_sample_with_few_allies_shows_no_p_values(project: Path, snakemake: Snakemake) -> None:
    run = snakemake(
        project, "results/asia_pacific/estimates/alignment.csv", "--config", "sample=asia_pacific"
    )
    assert run.returncode == 0, run.stderr
    rows = pd.read_csv(project / "results/asia_pacific/estimates/alignment.csv")
    assert rows["note"].str.contains("too few clusters: 5 < 10").all()
    assert rows["p_value"].isna().all()


def test_a_model_that_the_data_cannot_carry_is_told_in_its_log_and_does_not_stop_the_run(
    project: Path, snakemake: Snakemake
) -> None:
    run = snakemake(project, "results/seed/estimates/alignment.csv", "--config", "sample=seed")
    assert run.returncode == 0, run.stderr
    (row,) = pd.read_csv(project / "results/seed/estimates/alignment.csv").to_dict("records")
    log = (project / "results/seed/logs/estimate_alignment.log").read_text(encoding="utf-8")
    assert row["note"].startswith("not estimated: ")
    assert row["note"] in log


def test_a_run_that_fails_leaves_no_manifest_of_an_earlier_one(
    project: Path, snakemake: Snakemake
) -> None:
    script = project / "workflow/scripts/draw_data.py"
    replace_in(script, "def main(job):\n", "def main(job):\n    raise ValueError\n")
    run = snakemake(project)
    message = run.stdout + run.stderr
    assert run.returncode != 0
    assert "some files in results/ may be of an earlier run" in message
    assert not (project / "results/manifest.json").exists()


def test_tables_of_a_removed_model_are_named(project: Path, snakemake: Snakemake) -> None:
    replace_in(project / "config/models.yaml", "delivery_all_goods:", "delivery_every_good:")
    run = snakemake(project, "--dry-run")
    assert "results/estimates/delivery_all_goods.csv is of no model" in run.stdout + run.stderr


def test_figures_of_allies_that_are_no_case_any_more_are_named(
    project: Path, snakemake: Snakemake
) -> None:
    (project / "results/cases").mkdir(parents=True, exist_ok=True)
    (project / "results/cases/FIN.png").touch()
    replace_in(project / "config/cases.yaml", "min_events: 3", "min_events: 4")
    run = snakemake(project, "--dry-run")
    told = run.stdout + run.stderr
    assert "results/cases/FIN.png is of no case" in told
    assert "JPN.png is of no case" not in told


def test_a_folder_of_originals_that_is_not_there_is_told(
    finished: Path, snakemake: Snakemake
) -> None:
    run = snakemake(finished, "ingest", "--dry-run", "--config", "sources=nowhere")
    assert run.returncode != 0
    assert "there is no folder nowhere" in run.stdout + run.stderr
