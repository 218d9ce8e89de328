import csv
from pathlib import Path

import pandas as pd
import pytest
from underbalance.coding.reliability import Bootstrap
from underbalance.present.observed_type_table import write_observed_type

QUICK = Bootstrap(replications=100, seed=1, level=0.95)
ENDINGS = ("csv", "html", "tex")


@pytest.fixture
def paths(tmp_path: Path) -> dict[str, str]:
    pairs = [
        ("JPN", 1990, "effective", "effective"),
        ("JPN", 2000, "effective", "slow_inconsistent"),
        ("KOR", 1990, "failing", "failing"),
        ("KOR", 2000, "failing", "effective"),
        ("KOR", 2010, "slow", ""),
    ]
    table = pd.DataFrame(pairs, columns=["iso3", "decade_start", "predicted_type", "observed_type"])
    marks = {"slow": pd.NA, "inconsistent": pd.NA, "high_political": True, "high_social": False}
    table = table.assign(quantile=0.5, **marks)
    table = table.astype(dict.fromkeys(marks, "boolean"))
    made = {name: str(tmp_path / f"observed_type.{name}") for name in ENDINGS}
    made["agreement"] = str(tmp_path / "type_agreement.csv")
    write_observed_type(
        table.drop(columns=["observed_type", "slow", "inconsistent"]),
        table[["iso3", "decade_start", "slow", "inconsistent", "observed_type"]],
        QUICK,
        made,
        primary=0.5,
        sample_label="Core & more",
    )
    return made


def test_rows_are_predicted_columns_observed_and_totals_add_up(paths):
    with Path(paths["csv"]).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header[1:] == [
        "Effective",
        "Inconsistent",
        "Slow",
        "Slow and inconsistent",
        "Failing",
        "All",
    ]
    assert rows == [
        ["Effective", "1", "0", "0", "1", "0", "2"],
        ["Inconsistent", "0", "0", "0", "0", "0", "0"],
        ["Slow", "0", "0", "0", "0", "0", "0"],
        ["Failing", "1", "0", "0", "0", "1", "2"],
        ["All", "2", "0", "0", "1", "1", "4"],
    ]


def test_notes_have_the_kappas_and_say_where_they_are_not_defined(paths):
    page = Path(paths["html"]).read_text(encoding="utf-8")
    assert "4 ally-decades of 2 allies with both types, 1990s to 2020s." in page
    assert (
        "Cut at the median: same type in 50 %. Kappa of the types, weighted (n = 4): 0.17 [" in page
    )
    assert "Kappa of social obstacle high with slow (n = 0): not defined." in page


def test_notes_say_how_many_ally_decades_have_a_type(paths):
    page = Path(paths["html"]).read_text(encoding="utf-8")
    assert "2 of 2 (1990s), 2 of 2 (2000s), 0 of 1 (2010s) ally-decades" in page


def test_latex_is_escaped_and_labels_leave_room_for_five_types(paths):
    text = Path(paths["tex"]).read_text(encoding="utf-8")
    assert r"Core \& more" in text
    assert r"p{0.16\linewidth}" in text
    assert r"Effective & 1 & 0 & 0 & 1 & 0 & 2 \\" in text


def test_agreement_is_written_in_full(paths):
    table = pd.read_csv(paths["agreement"]).set_index("measure")
    assert table.loc["type", "kappa"] == pytest.approx(1 / 6)
