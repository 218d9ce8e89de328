"""Which rows of an added ally the primary models use, in words: one wording for all places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from underbalance.extensions import in_force, parts_of
from underbalance.places import in_run, sample_of_run
from underbalance.present.wording import whole, within_line
from underbalance.registry import read_allies

COUNTS: Final = "results/description/rows_by_ally.csv"
MISSING: Final = "results/description/missing_by_ally.csv"
MOST: Final = 4  # variables that are named
NO_ROW: Final = "no row of it"
NO_COMPLETE: Final = "no row with all variables"
NOT_ESTIMATED: Final = "not estimated"
NOT_TAKEN: Final = "no row with all variables that the estimator can take"


@dataclass(frozen=True)
class Use:
    """What the primary models use of an added ally.

    Parameters
    ----------
    head : in how many models it is, with which rows.
    why : models that it is not in, and why.
    lacking : the variables that its rows most often lack; empty where they lack none.
    """

    head: str
    why: str
    lacking: str

    @property
    def text(self) -> str:
        """All of it, as sentences in a row."""
        return " ".join(filter(None, (self.head, self.why, self.lacking)))


def extension_uses(root: Path = Path()) -> dict[str, Use]:
    """Return what the present run uses of each extension in force, by the code of its ally.

    Empty without extensions, and before the rows of the models were counted.
    """
    files = [root / in_run(name) for name in (COUNTS, MISSING)]
    if not in_force() or not all(path.is_file() for path in files):
        return {}
    counts, missing = (pd.read_csv(path, dtype={"iso3": "str"}) for path in files)
    allies = read_allies()
    names = dict(zip(allies["iso3"], allies["name"], strict=True))
    return {
        iso3: extension_use(iso3, names[iso3], counts, missing, rest_of_sample(iso3))
        for iso3 in in_force()
    }


def extension_use(
    iso3: str, name: str, counts: pd.DataFrame, missing: pd.DataFrame, rest: str
) -> Use:
    """Return what the primary models use of an ally.

    Parameters
    ----------
    name : of the ally.
    counts : results/description/rows_by_ally.csv, one model for each outcome.
    missing : results/description/missing_by_ally.csv.
    rest : what the sample is called without the ally.
    """
    own = counts[counts["iso3"] == iso3].set_index("spec_id")
    lacks = missing[missing["iso3"] == iso3]
    estimated = lacks.drop_duplicates("spec_id").set_index("spec_id")["estimated"] == 1
    reasons = {
        model: _reason(own.loc[model], bool(estimated[model])) if model in own.index else NO_ROW
        for model in dict.fromkeys(counts["spec_id"])
    }
    used = own[own.index.map(lambda model: not reasons[model])]
    ally = f"{name} ({iso3})"
    if len(used):
        head = (
            f"{ally} is in the primary models of {len(used)} of the {len(reasons)} outcomes that "
            f"have rows, with {' and '.join(_rows_used(own, used))}."
        )
    else:
        # a model that the ally makes impossible would be there without it
        same = NOT_ESTIMATED not in reasons.values()
        head = f"No primary model uses a row of {ally}"
        head += f": the estimates are those of {rest}." if same else "."
    return Use(head, _why_not(reasons), _lacking(own, lacks))


def rest_of_sample(iso3: str) -> str:
    """Return the name of the run's sample without an ally, as far as the name has its code."""
    parts = parts_of(sample_of_run())
    rest = "+".join(part for part in parts if part != iso3)
    return rest if iso3 in parts and rest else "the sample without it"


def _reason(row: pd.Series, estimated: bool) -> str:
    """Return why a model uses no row of an ally; empty where it uses one."""
    if not row["complete"]:
        return NO_COMPLETE
    if not estimated:
        return NOT_ESTIMATED
    return "" if row["used"] else NOT_TAKEN


def _rows_used(own: pd.DataFrame, used: pd.DataFrame) -> Iterator[str]:
    """Say how many of its ally-years and of its rows of cases are in the models."""
    of_cases = used["cases"].notna()
    if len(years := used[~of_cases]):
        total = own.loc[own["cases"].isna(), "rows"].sum()
        yield f"{_whole(years['used'].sum())} of {_whole(total)} ally-years"
    if len(cases := used[of_cases]):
        total = own.loc[own["cases"].notna(), "rows"].sum()
        yield (
            f"{_whole(cases['used'].sum())} of {_whole(total)} rows of cases "
            f"(cases: {_whole(cases['cases'].sum())}, events: {_whole(cases['events'].sum())})"
        )


def _why_not(reasons: dict[str, str]) -> str:
    """List the models that use no row of an ally, by the reason."""
    said = [
        f"{', '.join(model for model, reason in reasons.items() if reason == one)}: {one}"
        for one in dict.fromkeys(filter(None, reasons.values()))
    ]
    return f"Not in {'; '.join(said)}." if said else ""


def _lacking(own: pd.DataFrame, lacks: pd.DataFrame) -> str:
    """Name the variables that most of an ally's rows lack."""
    rows = lacks.assign(rows=lacks["spec_id"].map(own["rows"]))
    by_label = rows.groupby("label", sort=False)[["missing", "rows"]].sum()
    some = by_label[by_label["missing"] > 0].assign(share=lambda t: t["missing"] / t["rows"])
    worst = some.sort_values(["share", "rows"], ascending=False, kind="stable").head(MOST)
    said = [
        f"{within_line(str(label))} ({_of(int(row['missing']), int(row['rows']))})"
        for label, row in worst.iterrows()
    ]
    return f"Most often missing in its rows: {', '.join(said)}." if said else ""


def _of(part: int, all_of_them: int) -> str:
    return f"all {whole(part)}" if part == all_of_them else f"{whole(part)} of {whole(all_of_them)}"


def _whole(number: float) -> str:
    return whole(int(number))
