"""The tables of a finished run in LaTeX and Word: they compile, and show the numbers of the CSV."""

from __future__ import annotations

import csv
import re
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.end_to_end

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def tables_of(finished: Path, ending: str) -> list[Path]:
    """Return the tables of a run with an ending: of models, of data, the scorecard, cases."""
    folders = [finished / "results" / name for name in (".", "tables", "cases")]
    return sorted(path.resolve() for folder in folders for path in folder.glob(f"*{ending}"))


@pytest.mark.needs("pdflatex")
def test_every_latex_table_compiles_alone_and_fits_its_page(finished: Path, latex_faults) -> None:
    paths = [path for path in tables_of(finished, ".tex") if path.stem != "numbers"]
    assert len(paths) > 40
    told = latex_faults(paths)
    assert sorted(told) == sorted(path.stem for path in paths)
    assert {name: lines for name, lines in told.items() if lines} == {}


@pytest.mark.needs("soffice", "pdftotext")
def test_word_tables_show_the_numbers_of_the_csv(finished: Path, tmp_path: Path) -> None:
    shown = [path for path in tables_of(finished, ".docx") if path.parent.name == "tables"]
    models = [path for path in shown if path.stem.startswith(("models_", "inference_"))]
    assert len(models) > 10
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), *map(str, models)],
        check=True, capture_output=True,
    )  # fmt: skip
    for path in models:
        text = subprocess.run(
            ["pdftotext", "-layout", str(tmp_path / f"{path.stem}.pdf"), "-"],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        assert missing_numbers(path.with_suffix(".csv"), text) == [], path.stem


def missing_numbers(table: Path, text: str) -> list[str]:
    """Return the numbers of a CSV that a text has less often."""
    with table.open(encoding="utf-8", newline="") as file:
        wanted = [n for _, *row in csv.reader(file) for cell in row for n in NUMBER.findall(cell)]
    there = NUMBER.findall(text)
    return sorted({n for n in wanted if there.count(n) < wanted.count(n)})


def test_html_tables_need_no_other_file(finished: Path) -> None:
    pages = tables_of(finished, ".html")
    text = {path.name: path.read_text(encoding="utf-8") for path in pages}
    outside = re.compile(r"<script[^>]+src=|<link[^>]+href=|url\(|https?://(?!www\.w3\.org)")
    tables = {name: page for name, page in text.items() if 'class="numbers"' in page}
    assert len(tables) > 10
    assert [name for name, page in tables.items() if outside.search(page)] == []


def test_another_style_sets_tables_anew_and_estimates_nothing(finished: Path, snakemake) -> None:
    told = snakemake(finished, "--dry-run", "--config", "style=apsr").stdout
    planned = set(re.findall(r"^([a-z_]+) +\d+$", told, re.M))
    assert {"tabulate", "tabulate_data", "tabulate_results"} <= planned
    assert planned.isdisjoint({"sensitivity", "code_obstacles", "typology"})
    assert not any(name.startswith("estimate") for name in planned)
