import pandas as pd
import pytest
from underbalance.errors import FaultsError
from underbalance.schemas.facts.spending import economy
from underbalance.sources.wb_fiscal_space import parse
from underbalance.tables import check_frame


def sheet(years: list, **rows: list) -> pd.DataFrame:
    cells = pd.DataFrame.from_dict(rows, orient="index", columns=years)
    return cells.rename_axis("Country Code").reset_index().assign(Country="name")


@pytest.fixture
def parsed(tmp_path, allies):
    def parse_sheets(**sheets: pd.DataFrame):
        with pd.ExcelWriter(tmp_path / "Fiscal-space-data.xlsx") as book:
            pd.DataFrame({"A Cross-Country Database": []}).to_excel(book, sheet_name="Top")
            for name, content in sheets.items():
                content.to_excel(book, sheet_name=name, index=False)
        return parse(tmp_path, allies)

    return parse_sheets


NOTHING = sheet(["1990"], ZZZ=[1.0])


@pytest.mark.parametrize("kind", [str, int], ids=["years as text", "years as numbers"])
def test_sheets_become_series_and_empty_cells_no_rows(parsed, kind):
    years = [kind(1990), kind(1991)]
    table = parsed(
        fby=sheet(years, KOR=[-0.5, 1.25], CHN=[1.0, 1.0]),
        pby=sheet(years, KOR=[None, 2.0]),
        ggdy=sheet(years, KOR=[13.2, None]),
    )
    assert table[["year", "series", "value"]].to_dict("split")["data"] == [
        [1990, "debt", 13.2],
        [1990, "fiscal_balance", -0.5],
        [1991, "fiscal_balance", 1.25],
        [1991, "primary_balance", 2.0],
    ]
    assert set(table["iso3"]) == {"KOR"}
    assert set(table["status"]) == {"observed"}
    check_frame(table, economy(), "economy")


def test_years_outside_the_registered_span_are_left_out(parsed):
    years = ["1989", "1990", "2025", "2026"]
    table = parsed(fby=sheet(years, KOR=[1.0, 2.0, 3.0, 4.0]), pby=NOTHING, ggdy=NOTHING)
    assert table["value"].tolist() == [2.0, 3.0]


def test_missing_sheet_and_missing_country_code_are_named(parsed):
    with pytest.raises(FaultsError, match="column ggdy"):
        parsed(fby=NOTHING, pby=NOTHING)
    with pytest.raises(FaultsError, match="column Country Code"):
        parsed(fby=NOTHING.rename(columns={"Country Code": "ISO"}), pby=NOTHING, ggdy=NOTHING)
