"""Each number of results/numbers.json is found again where it says that it comes from."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

pytestmark = pytest.mark.end_to_end

NAMES = Path(__file__).parents[1] / "present/number_names.txt"
WITHOUT = ("not estimated", "not given", "not reached", "not recorded")
# words of a positive and a negative number, by what it is about
WORDS = {
    "pace": ("faster", "slower"),
    "unsteadiness": ("less steady", "steadier"),
    "failure": ("more failures", "fewer failures"),
    "inconsistency": ("more on inconsistency", "more on slowness"),
    "slowness": ("more on slowness", "more on inconsistency"),
}
COUNTED = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@pytest.fixture(scope="module")
def listed(finished: Path) -> list[dict]:
    return json.loads((finished / "results/numbers.json").read_text(encoding="utf-8"))


def test_every_number_is_found_where_it_comes_from(finished: Path, listed: list[dict]) -> None:
    wrong = {}
    for number in listed:
        sought = found_again(finished, number["source"])
        if not same(number["value"], sought):
            wrong[number["name"]] = (number["value"], sought, number["source"])
    assert not wrong


def test_every_text_says_its_value(finished: Path, listed: list[dict]) -> None:
    names = pd.read_csv(finished / "config/allies.csv", dtype=str).set_index("iso3")["name"]
    wrong = {n["name"]: (n["value"], n["text"]) for n in listed if not says(n, names.to_dict())}
    assert not wrong


def test_what_is_not_there_says_so_and_only_that(listed: list[dict]) -> None:
    assert {n["name"] for n in listed if n["value"] is None} == {
        n["name"] for n in listed if n["text"] in WITHOUT and not n["name"].endswith("Status")
        and not n["name"].endswith("Role")
    }  # fmt: skip


def test_macros_are_those_of_the_list_with_the_same_text(
    finished: Path, listed: list[dict]
) -> None:
    tex = (finished / "results/numbers.tex").read_text(encoding="utf-8")
    macros = dict(re.findall(r"^\\newcommand\{\\([A-Za-z]+)\}\{(.*)\}$", tex, re.MULTILINE))
    assert {name: plain(text) for name, text in macros.items()} == {
        n["name"]: n["text"] for n in listed
    }


def test_names_are_stable(listed: list[dict]) -> None:
    known = NAMES.read_text(encoding="utf-8").split()
    found = sorted(n["name"] for n in listed)
    renew = (
        "texts use these names. If they change on purpose, say so in CHANGELOG.md and renew the "
        "list after a full run: .venv/bin/python -c \"import json; print(*sorted(n['name'] for n "
        "in json.load(open('results/numbers.json'))), sep='\\n')\" > tests/present/number_names.txt"
    )
    gone, new = sorted(set(known) - set(found)), sorted(set(found) - set(known))
    assert found == known, f"gone: {gone}; new: {new}; {renew}"


@cache
def table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def found_again(folder: Path, source: dict) -> object:
    if source["file"] == "results/manifest.json":
        at = json.loads((folder / source["file"]).read_text(encoding="utf-8"))
        for key in source["column"].split("."):
            at = at[key]
        return at
    own = table(folder / source["file"])
    for column, wanted in source["row"].items():
        own = own[matching(own[column], wanted)]
    column, transform = source["column"], source["transform"]
    summary = of_rows(own, column, transform)
    if summary is not NotImplemented:
        return summary
    assert len(own) <= 1, source
    if own.empty or own[column].iloc[0] == "":
        return None
    return of_cell(own.iloc[0], column, transform)


def matching(cells: pd.Series, wanted: object) -> pd.Series:
    if isinstance(wanted, dict):
        if "not" in wanted:
            return cells != wanted["not"]
        return pd.to_numeric(cells, errors="coerce") < wanted["below"]
    return cells.isin(wanted if isinstance(wanted, list) else [wanted])


def of_rows(own: pd.DataFrame, column: str, transform: str) -> object:
    cells = own[column]
    if transform == "rows":
        return len(own)
    if transform == "half of rows":
        return (len(own) + 1) // 2
    if transform == "distinct":
        return cells[cells != ""].nunique()
    if transform == "same":
        (only,) = cells.unique()
        return only
    if transform in ("lowest", "highest"):
        known = pd.to_numeric(cells).dropna()
        return None if known.empty else known.agg({"lowest": "min", "highest": "max"}[transform])
    if transform.startswith(("at lowest: ", "at highest: ")):
        how, by = transform.split(": ")
        numbers = pd.to_numeric(own[by]).dropna()
        if numbers.empty:
            return None
        return cells[numbers.idxmin() if how == "at lowest" else numbers.idxmax()] or None
    if transform.startswith("percent that are: "):
        return 100 * (cells == transform.split(": ")[1]).mean()
    return NotImplemented


def of_cell(row: pd.Series, column: str, transform: str) -> object:
    cell = row[column]
    if transform == "identity":
        return cell
    if transform == "spaced":
        return cell.replace("_", " ")
    if transform == "before colon":
        return cell.split(":")[0]
    if transform == "agreement":
        return {"yes": "as predicted", "no": "against the prediction"}[cell]
    number = float(cell)
    if transform == "direction":
        up, down = WORDS[row["scale"]]
        return up if number > 0 else down
    if transform.startswith("significance at: "):
        clear = number < float(transform.split(": ")[1])
        return "significant" if clear else "not significant"
    return {
        "exp": np.exp(number),
        "size": abs(number),
        "percent": 100 * number,
        "percent change": 100 * (np.exp(number) - 1),
        "size of percent change": abs(100 * (np.exp(number) - 1)),
    }[transform]


def same(value: object, sought: object) -> bool:
    if value is None or sought is None:
        return value is sought
    try:
        # differences of rounding only: exp(x) − 1 loses digits near zero
        return bool(np.isclose(float(value), float(sought), rtol=1e-12, atol=1e-11))
    except ValueError:
        return value == sought


def says(number: dict, allies: dict[str, str]) -> bool:
    value, text = number["value"], number["text"]
    if value is None:
        return text in WITHOUT
    if isinstance(value, str) and value not in ("Infinity", "-Infinity"):
        return text in (value, value.replace("_", " "), allies.get(value))
    if number["name"].endswith("Word"):
        return text == (COUNTED[value] if value < 10 else str(value))
    shown = text.removeprefix("p ").removeprefix("= ").replace("−", "-").replace(",", "")
    if shown.startswith("< "):
        return text.endswith("< 0.001") and value < 0.001
    if "∞" in shown:
        return float(shown.replace("∞", "inf")) == float(value)
    if number["name"] == "confidencePercent":
        return float(shown) == 100 * value
    places = len(shown.partition(".")[2])
    return abs(float(shown) - float(value)) <= 0.5 * 10**-places * (1 + 1e-9) and shown != "-0"


def plain(text: str) -> str:
    whole = re.fullmatch(r"\\ensuremath\{(p .*)\}", text)
    text = whole[1] if whole else text
    text = text.replace(r"\ensuremath{\infty}", "∞").replace(r"\ensuremath{-}", "−")
    return text.replace(r"\ensuremath{<}", "<")
