"""A small finished run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SCORECARD = """\
hypothesis,kind,spec_id,term,verdict,agrees,role,estimate,std_error,ci_low,ci_high,p_value,\
p_holm,p_crv3,p_permutation,effective_clusters,n,n_events,n_clusters
H2,model,effort,political_lag1,not supported,yes,counts,0.1835,0.0714,-inf,0.4185,0.067,\
0.201,0.177,0.108,15.0,784,,29
H3,model,delivery,social_lag1,supported,yes,counts,-0.1411,0.0481,-0.2649,-0.0199,0.0284,\
0.0852,0.0525,0.057,11.9,2364,711,33
"""
SOURCES = "table,source\nmilex,sipri_milex\ndeals,sipri_arms_transfers\n"
FILES = {
    "results/scorecard.csv": SCORECARD,
    "data/raw/milex.csv": "iso3,year,share\nJPN,1998,0.96\n",
    "data/raw/deals.csv": "deal_id\n1\n",
    "config/config.yaml": "bootstrap_draws: 9999\n",
    "config/sources.csv": SOURCES,
}

Make = Callable[..., Path]


@pytest.fixture
def make_run(tmp_path: Path) -> Make:
    """Write a finished run: files by path, and what its manifest says otherwise."""

    def make(files: dict[str, str] | None = None, **said: Any) -> Path:
        for name, text in {**FILES, **(files or {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        read = sorted(name for name in {**FILES, **(files or {})} if not name.startswith("results"))
        manifest = {
            "underbalance": "0.1.0",
            "commit": "not a git checkout",
            "python": "3.11.7",
            "platform": "Linux",
            "libraries": {"numpy": "2.4.6", "scipy": "1.17.1"},
            "config": {"bootstrap_draws": 9999, "reference": {"first_year": 1990}},
            "inputs": {name: sha(tmp_path / name) for name in read},
            "steps": {},
            "outputs": {
                "results/scorecard.csv": {"sha256": sha(tmp_path / "results/scorecard.csv")}
            },
            **said,
        }
        (tmp_path / "results/manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return tmp_path

    return make


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
