"""The numbers that are kept are read back as they were."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

from underbalance.verify.headline import KEPT, read_headline, read_rows, write_headline

Make = Callable[..., Path]


def written(folder: Path) -> Path:
    manifest = json.loads((folder / "results/manifest.json").read_text(encoding="utf-8"))
    write_headline(folder / "headline.json", manifest, folder)
    return folder / "headline.json"


def test_what_is_written_is_read_back(make_run: Make) -> None:
    folder = make_run()
    _, tables = read_headline(written(folder))
    assert tables["results/scorecard.csv"] == read_rows(KEPT[0], folder)
    effort = tables["results/scorecard.csv"]["H2", "model", "effort", "political_lag1"]
    assert effort["ci_low"] == -math.inf
    assert effort["n_events"] is None
    assert effort["n"] == 784.0


def test_a_row_is_a_line_and_the_same_run_gives_the_same_bytes(make_run: Make) -> None:
    folder = make_run()
    first = written(folder).read_bytes()
    assert written(folder).read_bytes() == first
    assert sum(b'"delivery"' in line for line in first.splitlines()) == 1


def test_it_says_what_the_run_rested_on(make_run: Make) -> None:
    run, _ = read_headline(written(make_run()))
    assert run["libraries"]["numpy"] == "2.4.6"
    assert set(run["inputs"]) >= {"data/raw/milex.csv", "config/config.yaml"}


def test_rows_of_processed_tables_are_counted(make_run: Make) -> None:
    folder = make_run({"data/processed/deals.csv": "deal_id\n1\n2\n"})
    (kept,) = [one for one in KEPT if one.files == "data/processed/*.csv"]
    assert read_rows(kept, folder) == {("deals.csv",): {"rows": 2.0}}


def test_of_estimates_only_tested_terms_are_kept(make_run: Make) -> None:
    head = "spec_id,term,hypothesis,estimate,std_error,ci_low,ci_high,p_value,n,n_events,n_clusters"
    rows = "effort,log_gdp_lag1,,1,1,0,2,0.3,9,,3\neffort,political_lag1,H2,1,1,0,2,0.3,9,,3"
    folder = make_run({"results/estimates/effort.csv": f"{head}\n{rows}\n"})
    (kept,) = [one for one in KEPT if one.files == "results/estimates/*.csv"]
    assert list(read_rows(kept, folder)) == [("effort", "political_lag1")]
