"""The time of a Cox fit with cluster-robust errors: ours, lifelines', and R's coxph."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

ROWS, TERMS, CLUSTERS = 10_000, 12, 40
REPEATS = 5
R_SCRIPT = """
suppressMessages(library(survival))
rows <- read.csv(commandArgs(TRUE)[1])
terms <- grep("^x", names(rows), value = TRUE)
model <- reformulate(terms, quote(Surv(start, stop, event)))
fit <- function() coxph(model, rows, cluster = iso3, ties = "efron")
invisible(fit())
cat(min(replicate(as.integer(commandArgs(TRUE)[2]), {
  begin <- proc.time()[["elapsed"]]; for (i in 1:5) fit(); (proc.time()[["elapsed"]] - begin) / 5
})))
"""


def cox_table(rows: int = ROWS, repeats: int = REPEATS) -> str:
    """Return a text table of the best times (ms) on the same simulated start–stop data.

    Ties by Efron, late entry, 12 covariates, 40 clusters; the ratio is to our time. R is timed
    when Rscript and its package survival are there.
    """
    data = simulated(rows)
    ours = _best(lambda: _ours(data), repeats)
    theirs = _best(lambda: _lifelines(data), 1)
    lines = [
        f"Cox model, {rows} rows, {TERMS} covariates, {CLUSTERS} clusters, ties, late entry",
        f"{'fitted by':<28}{'ms':>9}{'ratio':>8}",
        _line("underbalance.models.cox", ours, ours),
        _line("lifelines CoxPHFitter", theirs, ours),
    ]
    with_r = _in_r(data, repeats)
    if with_r is None:
        lines.append("R coxph: no Rscript with the package survival on the path")
    else:
        lines.append(_line("R survival::coxph", with_r, ours))
    return "\n".join(lines)


def simulated(rows: int = ROWS) -> pd.DataFrame:
    """Return start–stop data with ties and late entry, the same at every call."""
    random = np.random.default_rng(20261123)
    x = random.normal(size=(rows, TERMS))
    entry = np.where(random.random(rows) < 0.5, 0, random.uniform(0, 5, rows).round(2))
    rate = np.exp(x @ random.normal(scale=0.3, size=TERMS)) / 3
    lasts = random.exponential(1 / rate).round(2) + 0.01
    seen = random.uniform(0.1, 10, rows).round(2)
    return pd.DataFrame(x, columns=[f"x{i}" for i in range(TERMS)]).assign(
        start=entry,
        stop=entry + np.minimum(lasts, seen),
        event=(lasts <= seen).astype("int64"),
        iso3=random.integers(0, CLUSTERS, rows),
    )


def _ours(data: pd.DataFrame) -> object:
    from underbalance.models import cox

    return cox.fit(data, [f"x{i}" for i in range(TERMS)], cluster="iso3")


def _lifelines(data: pd.DataFrame) -> object:
    from lifelines import CoxPHFitter

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return CoxPHFitter().fit(data, "stop", "event", entry_col="start", cluster_col="iso3")


def _in_r(data: pd.DataFrame, repeats: int) -> float | None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.csv"
        data.to_csv(file, index=False)
        run = subprocess.run(
            [rscript, "-e", R_SCRIPT, str(file), str(repeats)],
            capture_output=True,
            text=True,
            check=False,
        )
    return float(run.stdout) if run.returncode == 0 else None


def _best(fit: Callable[[], object], repeats: int) -> float:
    """Return the shortest time in seconds, after one fit that is not counted."""
    fit()
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        fit()
        times.append(time.perf_counter() - begin)
    return min(times)


def _line(name: str, seconds: float, ours: float) -> str:
    return f"{name:<28}{1000 * seconds:>9.1f}{seconds / ours:>7.1f}x"
