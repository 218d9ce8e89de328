from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook
from underbalance.errors import FaultsError
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.spending_plans import eda_procurement
from underbalance.sources.eda_defence_data import parse
from underbalance.tables import check_frame, read_table

LABELS = {
    "total": " Total Defence Expenditure (A+B+C+D+E)¹",
    "investment": " C. Defence Investment",
    "equipment": "         Defence Equipment Procurement Expenditure",
    "research": "         Defence R&D Expenditure³",
    "collaborative": " Collaborative Defence Procurement Expenditure²",
    "european": "          European Collaborative Defence Procurement²",
}
NAMES = {
    2015: "eda-collective-and-national-defence-data-2005-2014-(excel).xlsx",
    2017: "eda-collective-and-national-defence-data-2005-2017e-(excel).xlsx",
    2018: "eda-collective-and-national-defence-data-2017-2018.xlsx",
    2019: "eda-collective-and-national-defence-data-2017-2019-(excel).xlsx",
    2020: "data-by-pms-for-the-eda-website.xlsx",
    2021: "defence-data-2021.xlsx",
    2023: "defence-data-2023.xlsx",
}
COMPILED = Path(__file__).parents[3] / "shared/sources/eda_defence_data/csis_compiled_EDA.csv"
LONG = ["Year", "Total Defence Expenditure ", "Defence Investment"]


def book(sheets: dict[str, list[list]], path: Path) -> None:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)


def state(name: str, years: list, labels: dict[str, str] = LABELS, **rows: list) -> list[list]:
    """One state's sheet; rows that are not given are not available."""
    cells = [[label, *rows.get(key, [":"] * len(years))] for key, label in labels.items()]
    return [[name, *years], *cells, ['":" - not available']]


@pytest.fixture
def parsed(tmp_path, allies):
    """Parse seven editions; those not given have one figure of Italy that is left out."""

    def parse_editions(**given: dict[str, list[list]]) -> pd.DataFrame:
        for edition, name in NAMES.items():
            usual = {"Italy": state("Italy", [2000], total=[1])}
            if edition == 2023:
                usual = {"Member States 2023 ": [["EU MS", *LONG], ["Italy", 2000, 1, 1]]}
            book(given.get(f"e{edition}", usual), tmp_path / name)
        table = parse(tmp_path, allies)
        return table[table["year"] > 2000].reset_index(drop=True)

    return parse_editions


def test_series_are_found_below_their_labels_whatever_footnotes_and_indents_they_have(parsed):
    sheet = state(
        "Sweden¹", ["2016", "2017e"], total=[10, 12], collaborative=[3, 4], european=[1, 2]
    )
    table = parsed(e2017={"Sweden": sheet})
    found = table.set_index(["series", "year"])["value"].to_dict()
    assert found == {
        ("total_expenditure", 2016): 10,
        ("total_expenditure", 2017): 12,
        ("collaborative_procurement", 2016): 3,
        ("collaborative_procurement", 2017): 4,
        ("european_collaborative_procurement", 2016): 1,
        ("european_collaborative_procurement", 2017): 2,
    }
    check_frame(table, eda_procurement(), "eda_procurement")


def test_year_marked_e_is_an_estimate_and_columns_of_change_are_no_years(parsed):
    years = [2014, "2015 e", "% change"]
    table = parsed(e2015={"DE Data": state("GERMANY", years, total=[10, 11, 0.1])})
    assert table[["iso3", "year", "status"]].to_numpy().tolist() == [
        ["DEU", 2014, "observed"],
        ["DEU", 2015, "estimate"],
    ]


@pytest.mark.parametrize("mark", [":", ": ", "-", None])
def test_not_available_is_no_row_and_never_zero(parsed, mark):
    table = parsed(e2018={"Latvia": state("Latvia", [2017, 2018], total=[5, mark])})
    assert table["year"].tolist() == [2017]


def test_confidential_is_a_row_without_a_value(parsed):
    table = parsed(e2018={"Germany": state("Germany", [2017], collaborative=["c"])})
    assert table["status"].tolist() == ["confidential"]
    assert table["value"].isna().all()
    check_frame(table, eda_procurement(), "eda_procurement")


def test_reported_zero_stays_zero(parsed):
    table = parsed(e2018={"Croatia": state("Croatia", [2017], collaborative=[0])})
    assert table["value"].tolist() == [0]
    assert table["status"].tolist() == ["observed"]


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("THE NETHERLANDS", "NLD"),
        ("CZECH REPUBLIC", "CZE"),
        ("ESTONIA ", "EST"),
        ("United Kingdom", "GBR"),
    ],
)
def test_names_of_states_are_known_as_the_sheets_write_them(parsed, name, iso3):
    assert parsed(e2018={"x": state(name, [2017], total=[1])})["iso3"].tolist() == [iso3]


def test_aggregates_and_members_that_are_no_allies_are_left_out(parsed):
    sheets = {name: state(name, [2017], total=[1]) for name in ("EDA-27", "Austria", "Malta")}
    table = parsed(e2018=sheets | {"Italy": state("Italy", [2017], total=[2])})
    assert table["value"].tolist() == [2]


def test_last_edition_has_a_row_per_state_and_year_in_two_sheets(parsed):
    table = parsed(
        e2023={
            "EU27": [["EU27", 2022, 2023], [" Total Defence Expenditure ", 239078, 278573]],
            "Billions": [
                ["PMS", *LONG, "GDP (MRD)"],
                ["Belgium", 2021, 5358, 920.2, 507.2],
                ["Austria", 2021, 3298.8, 398.9, 403.4],
            ],
            "Member States 2023 ": [["EU MS", *LONG], ["Croatia ", 2023, 1318, None]],
        }
    )
    assert table.drop(columns="status").to_numpy().tolist() == [
        ["BEL", 2021, 2023, "investment", 920.2],
        ["BEL", 2021, 2023, "total_expenditure", 5358],
        ["HRV", 2023, 2023, "total_expenditure", 1318],
    ]


def test_cell_that_is_neither_number_nor_known_mark_is_a_fault(parsed):
    with pytest.raises(FaultsError, match=r"SWE 2017 total_expenditure.*\n.*\n?.*'n/a'"):
        parsed(e2018={"Sweden": state("Sweden", [2017], total=["n/a"])})


def test_sheet_that_lost_a_label_is_a_fault(parsed):
    fewer = {key: label for key, label in LABELS.items() if key != "european"}
    with pytest.raises(FaultsError, match="column european_collaborative_procurement"):
        parsed(e2018={"Sweden": state("Sweden", [2017], fewer, total=[1])})


@pytest.fixture
def shipped(project):
    table = read_table(RAW_FOLDER / "eda_procurement.csv", eda_procurement())
    return table.set_index(["iso3", "year", "edition", "series"])["value"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        # EDA, National Defence Data 2005-2017e, Germany: last year of collaborative figures
        (("DEU", 2011, 2017, "collaborative_procurement"), 2455.5449),
        (("DEU", 2011, 2017, "european_collaborative_procurement"), 2413.246),
        # EDA, Defence Data 2020-2021: Germany reports again for 2021
        (("DEU", 2021, 2021, "collaborative_procurement"), 2775),
        (("FRA", 2021, 2021, "european_collaborative_procurement"), 2200),
        (("POL", 2014, 2017, "collaborative_procurement"), 44.1898),
        (("GBR", 2014, 2015, "collaborative_procurement"), 1860.6925),
        # EDA, Defence Data 2023
        (("DNK", 2023, 2023, "total_expenditure"), 7527),
        (("SWE", 2023, 2023, "investment"), 2745.06),
    ],
)
def test_shipped_figures_are_those_of_the_workbooks(shipped, key, value):
    assert shipped[key] == pytest.approx(value, rel=1e-6)


def test_germany_has_no_collaborative_figures_where_it_did_not_report(shipped):
    found = shipped.xs("DEU").xs("collaborative_procurement", level="series").dropna()
    years = found.index.get_level_values("year")
    assert sorted(set(years)) == [2007, 2008, 2009, 2010, 2011, 2021]


def test_the_parts_are_not_more_than_the_whole(shipped):
    wide = shipped.unstack("series")
    european = wide["european_collaborative_procurement"]
    assert not (european > wide["collaborative_procurement"] + 1e-6).any()
    assert not (wide["investment"] > wide["total_expenditure"]).any()
    assert not (wide["equipment_procurement"] > wide["investment"] + 1e-6).any()


@pytest.mark.skipif(not COMPILED.is_file(), reason=f"no {COMPILED}")
def test_newest_figures_agree_with_the_compilation_of_csis(shipped):
    theirs = pd.read_csv(COMPILED, usecols=["CountryName", "Year", "DefExp", "CollabProc"])
    names = {"Germany": "DEU", "France": "FRA", "Poland": "POL", "Sweden": "SWE", "Latvia": "LVA"}
    theirs = theirs[theirs["CountryName"].isin(list(names))]
    theirs = theirs.set_index([theirs["CountryName"].map(names), "Year"])
    for series, column in (
        ("total_expenditure", "DefExp"),
        ("collaborative_procurement", "CollabProc"),
    ):
        ours = shipped.xs(series, level="series").dropna()
        ours = ours.sort_index().groupby(["iso3", "year"]).last()
        both = pd.concat([ours, theirs[column] / 1e6], axis=1, join="inner").dropna()
        differing = (both.iloc[:, 0] - both.iloc[:, 1]).abs() > 0.01 * both.iloc[:, 0].abs() + 0.01
        assert len(both) > 40
        assert differing.mean() < 0.05, both[differing]
