"""The table shows the numbers of the tidy results, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from scipy import stats
from underbalance.coding.describe import with_codings
from underbalance.config import read_codings
from underbalance.models.tidy import not_estimated
from underbalance.present.model_groups import model_groups
from underbalance.present.model_table import model_table
from underbalance.present.table import Table
from underbalance.present.table_style import Star, Style, read_styles
from underbalance.registry import read_codebook
from underbalance.specifications import Specification

ROOT = Path(__file__).parents[2]
SAMPLES = {"core": "Formal allies"}
ALLIES = {"JPN": "Japan", "DEU": "Germany"}
DEFAULT = read_styles(ROOT / "config/styles.yaml")["default"]
HOLM = {("H2", "growth", "political_lag1"): 0.0321}


def made(
    name: str,
    specs: dict[str, Specification],
    rows: pd.DataFrame,
    codebook: pd.DataFrame,
    holm: dict[tuple[str, str, str], float] | None = None,
    style: Style | None = None,
) -> Table:
    return model_table(name, specs, rows, codebook, SAMPLES, ALLIES, holm or {}, style or DEFAULT)


@pytest.fixture
def codebook() -> pd.DataFrame:
    return with_codings(read_codebook(ROOT / "config/codebook.csv"), read_codings())


@pytest.fixture
def table(
    panel_rows: pd.DataFrame,
    panel_spec: Specification,
    grouped_rows: pd.DataFrame,
    grouped_spec: Specification,
    codebook: pd.DataFrame,
) -> Table:
    specs = {"growth": panel_spec, "delivery": grouped_spec}
    return made("models_H2", specs, pd.concat([panel_rows, grouped_rows]), codebook)


def cells(table: Table, label: str) -> list[tuple[str, ...]]:
    """Return the three rows of a term without their labels."""
    start = next(k for k, row in enumerate(table.body) if row[0].startswith(label))
    return [row[1:] for row in table.body[start : start + 3]]


def test_every_model_has_a_column_and_every_term_three_rows(table: Table) -> None:
    assert table.header == ("", "(1) Effort", "(2) Delivery")
    labels = [row[0].split("\u00a0")[0] for row in table.body if row[0]]
    assert labels == ["Political obstacle (t", "Log GDP (t", "Local production"]
    assert len(table.body) == 3 * len(labels)


def test_estimate_error_and_p_value_are_those_of_the_tidy_result(table: Table) -> None:
    p = 2 * stats.t(29).sf(0.51249 / 0.25)
    assert cells(table, "Political") == [
        ("0.512", "−0.500"),
        ("(0.250)", "(0.050)"),
        (f"p = {p:.3f}", "p < 0.001"),
    ]


def test_term_that_a_model_has_not_is_empty(table: Table) -> None:
    assert [row[1] for row in cells(table, "Log GDP")] == ["", "", ""]
    assert [row[0] for row in cells(table, "Local production")] == ["", "", ""]


def test_dummies_are_named_but_not_shown(table: Table) -> None:
    assert ("Ally fixed effects", "yes", "") in table.summary
    assert ("Dummies: armament category", "", "yes") in table.summary
    assert "Armament category: reference Missiles." in " ".join(table.notes)


def test_counts_and_methods_are_stated(table: Table) -> None:
    assert ("Observations", "1,234", "1,234") in table.summary
    assert ("Events", "", "77") in table.summary
    assert ("Allies (clusters)", "30", "30") in table.summary
    text = " ".join(table.notes)
    said = ("clustered by ally (CRV1)", "t(29)", "Formal allies", "(2) Delivery; ")
    assert [words for words in said if words not in text] == []
    assert "iso3" not in text


def test_title_is_that_of_the_hypothesis_and_role(
    panel_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    beside = panel_spec.model_copy(update={"role": "beside"})
    table = made("x", {"growth": beside}, panel_rows, codebook)
    assert table.title.startswith("H2: ")
    assert table.title.endswith("(beside the primary models)")


def test_too_few_clusters_leave_p_empty_and_say_why(
    withheld_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    table = made("x", {"growth": panel_spec}, withheld_rows, codebook)
    assert cells(table, "Political")[2] == ("",)
    assert "too few clusters: 5 < 10." in table.notes[0]
    assert "p-values" not in " ".join(table.notes)


def test_model_that_was_not_estimated_has_an_empty_column_and_its_reason(
    grouped_rows: pd.DataFrame,
    panel_spec: Specification,
    grouped_spec: Specification,
    codebook: pd.DataFrame,
) -> None:
    names = {"outcome": "effort_growth", "sample": "core", "data_sha": "0"}
    none = not_estimated("no event", spec_id="growth", **names)
    specs = {"growth": panel_spec, "delivery": grouped_spec}
    table = made("x", specs, pd.concat([none, grouped_rows]), codebook)
    assert [row[1] for row in table.body if row[1]] == ["not estimated"]
    assert {row[1] for row in table.summary} == {""}
    assert ("Observations", "", "1,234") in table.summary
    assert table.notes[0].endswith("; not estimated: no event.")


def test_corrected_p_value_stands_below_that_of_the_tested_term(
    panel_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    table = made("x", {"growth": panel_spec}, panel_rows, codebook, HOLM)
    assert table.body[3] == ("Holm p", "0.032")
    assert [row[0] for row in table.body].count("Holm p") == 1


def test_years_are_a_row_and_models_of_few_events_are_marked(
    grouped_rows: pd.DataFrame, grouped_spec: Specification, codebook: pd.DataFrame
) -> None:
    noted = grouped_rows.assign(note="descriptive: n events < 30; years 1991 to 2021")
    table = made("x", {"delivery": grouped_spec}, noted, codebook)
    assert table.header == ("", "(1) Delivery†")
    assert ("Years", "1991–2021") in table.summary
    assert any(note.startswith("† Fewer than 30 events") for note in table.notes)
    assert "1991" not in " ".join(table.notes)


def test_notes_name_allies_and_levels(
    grouped_rows: pd.DataFrame, grouped_spec: Specification, codebook: pd.DataFrame
) -> None:
    note = (
        "rows left out of iso3 DEU, JPN with fewer than 15: 33; "
        "rows left out, as delivered does not vary in category Ships: 3"
    )
    table = made("x", {"delivery": grouped_spec}, grouped_rows.assign(note=note), codebook)
    assert "left out for fewer than 15 rows: Germany, Japan (33 rows)" in table.notes[0]
    assert "is the same in all their rows: Ships (3 rows)" in table.notes[0]


def test_caption_says_what_is_common_and_heads_what_differs(
    panel_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    def titled(title: str) -> Specification:
        return panel_spec.model_copy(update={"role": "beside", "title": title})

    rows = pd.concat([panel_rows, panel_rows.assign(spec_id="b")])
    same = {"growth": titled("A, without threat"), "b": titled("B, product, without threat")}
    table = made("x", same, rows, codebook)
    assert table.title.endswith("(beside the primary models: without threat)")
    assert table.header == ("", "(1) Effort", "(2) Effort, product")
    other = {"growth": titled("A, all goods"), "b": titled("B, any size")}
    assert made("x", other, rows, codebook).header[1:] == (
        "(1) Effort, all goods",
        "(2) Effort, any size",
    )
    primary = {"growth": panel_spec, "b": panel_spec}
    assert made("x", primary, rows, codebook).header[1:] == (
        "(1) Growth & effort",
        "(2) Growth & effort",
    )


def test_products_and_low_obstacles_have_labels(
    panel_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    product = panel_spec.model_copy(
        update={"obstacles": ("political", "social"), "products": (("political", "social"),)}
    )
    low = panel_spec.model_copy(update={"low_low": True})
    for spec, label in (
        (product, "Political obstacle × Social obstacle (t"),
        (low, "Low obstacles, all of them (t"),
    ):
        table = made("x", {"growth": spec}, panel_rows, codebook)
        assert any(row[0].startswith(label) for row in table.body)


def test_models_of_a_hypothesis_and_role_stand_together_five_on_a_table(
    panel_spec: Specification,
) -> None:
    beside = panel_spec.model_copy(update={"role": "beside"})
    silent = panel_spec.model_copy(update={"tests": ()})
    specs = {f"m{k}": panel_spec for k in range(6)} | {"b": beside, "s": silent}
    assert model_groups(specs) == {
        "models_H2_1": ("m0", "m1", "m2", "m3", "m4"),
        "models_H2_2": ("m5",),
        "models_H2_beside": ("b",),
        "models_other": ("s",),
    }


def styled(**changes: object) -> Style:
    return Style.model_validate({"label": "x", "below": ("std_error",)} | changes)


STARS = (Star(mark="*", below=0.05), Star(mark="**", below=0.01))


def test_stars_come_from_the_p_value_of_the_tidy_result(
    panel_rows: pd.DataFrame,
    panel_spec: Specification,
    grouped_rows: pd.DataFrame,
    grouped_spec: Specification,
    codebook: pd.DataFrame,
) -> None:
    """Not from estimate over standard error: a wild bootstrap's p may differ from it."""
    specs = {"growth": panel_spec, "delivery": grouped_spec}
    rows = pd.concat([panel_rows, grouped_rows], ignore_index=True)
    own = (rows["spec_id"] == "delivery") & (rows["term"] == "political_lag1")
    rows.loc[own, "p_value"] = 0.2
    table = made("x", specs, rows, codebook, style=styled(stars=STARS))
    assert cells(table, "Political")[0] == ("0.512*", "−0.500")
    rows.loc[own, "p_value"] = 0.0099
    table = made("x", specs, rows, codebook, style=styled(stars=STARS))
    assert cells(table, "Political")[0] == ("0.512*", "−0.500**")
    assert "* p < 0.05, ** p < 0.01." in table.notes


def test_stars_by_holm_take_the_corrected_p_where_a_term_is_tested(
    panel_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    style = styled(stars=STARS, stars_by="holm")
    corrected = {("H2", "growth", "political_lag1"): 0.0501}
    rows = panel_rows.assign(p_value=0.001)
    table = made("x", {"growth": panel_spec}, rows, codebook, corrected, style)
    assert cells(table, "Political")[0] == ("0.512",)
    assert cells(table, "Log GDP")[0] == ("−2.000**",)
    assert any("after Holm’s correction" in note for note in table.notes)


def test_too_few_clusters_have_no_star_and_say_so_in_a_row(
    withheld_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    table = made("x", {"growth": panel_spec}, withheld_rows, codebook, style=styled(stars=STARS))
    assert cells(table, "Political")[0] == ("1.000",)
    assert ("p-values, intervals", "too few clusters") in table.summary


def test_style_says_what_stands_below_and_how_many_decimals(
    panel_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    rows = panel_rows.assign(ci_low=-0.26, ci_high=float("inf"))
    style = styled(below=("interval", "std_error"), decimals=2)
    table = made("x", {"growth": panel_spec}, rows, codebook, HOLM, style)
    assert [row[1] for row in table.body[:3]] == ["0.51", "[−0.26, ∞)", "(0.25)"]
    assert len(table.body) == 6
    assert "In brackets: 95 % confidence interval." in table.notes


def test_level_of_an_interval_is_that_of_the_model(
    panel_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    rows = panel_rows.assign(note="interval at 0.9")
    table = made("x", {"growth": panel_spec}, rows, codebook, style=styled(below=("interval",)))
    assert "In brackets: 90 % confidence interval." in table.notes


def test_reference_of_a_code_is_told_in_the_codebook_s_words(
    grouped_rows: pd.DataFrame, grouped_spec: Specification, codebook: pd.DataFrame
) -> None:
    pledge = grouped_spec.model_copy(update={"outcome": "pledge", "categories": ("pledge",)})
    noted = grouped_rows.assign(note="pledge against gdp")
    table = made("x", {"delivery": pledge}, noted, codebook)
    assert "Pledge: reference 2 percent of GDP" in table.notes[0]


def test_heads_of_primary_models_say_in_what_they_differ(
    panel_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    product = panel_spec.model_copy(update={"title": "Growth, with the product"})
    rows = pd.concat([panel_rows, panel_rows.assign(spec_id="b")])
    table = made("x", {"growth": panel_spec, "b": product}, rows, codebook)
    assert table.header == ("", "(1) Effort", "(2) Effort, with the product")


def test_captions_of_the_parts_of_a_group_differ(
    panel_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    titles = [
        made(name, {"growth": panel_spec}, panel_rows, codebook).title
        for name in ("models_H2", "models_H2_1", "models_H2_2")
    ]
    assert [title.partition(", part")[2] for title in titles] == ["", " 1", " 2"]
    assert len({title.partition(", part")[0] for title in titles}) == 1
