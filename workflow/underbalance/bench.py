"""Wall time and memory of the last run, from Snakemake's benchmark files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.places import in_run, make

BENCHMARKS = "results/benchmarks"


def benchmark_table(folder: Path | None = None) -> str:
    """Return a text table of the rules' wall time (s) and peak memory (MB), slowest first.

    The total is the sum over jobs, which run side by side.
    """
    folder = folder or Path(in_run(BENCHMARKS))
    files = sorted(folder.glob("*.tsv"))
    if not files:
        return f"no benchmark files in {folder.as_posix()}: run `{make()}` first"
    rows = [(path.stem, *_time_and_memory(path)) for path in files]
    rows.sort(key=lambda row: -row[1])
    lines = [f"{'job':<28}{'seconds':>9}{'peak MB':>10}"]
    lines += [f"{name:<28}{seconds:>9.2f}{memory:>10}" for name, seconds, memory in rows]
    lines.append(f"{'all jobs':<28}{sum(row[1] for row in rows):>9.2f}")
    return "\n".join(lines)


def _time_and_memory(path: Path) -> tuple[float, str]:
    run = pd.read_csv(path, sep="\t", na_values="-").iloc[0]
    memory = "–" if pd.isna(run["max_rss"]) else f"{run['max_rss']:.0f}"
    return float(run["s"]), memory
