import pandas as pd
import pytest
from underbalance.clean.dependence import COLUMNS, dependence
from underbalance.registry import read_sources

YEARS = pd.DataFrame({"iso3": "KOR", "year": [1990, 1991]})


def frame(year: int = 1990, iso3: str = "KOR", **values: float) -> pd.DataFrame:
    return pd.DataFrame({"iso3": [iso3], "year": [year]} | {k: [v] for k, v in values.items()})


def own(thousand: float) -> pd.DataFrame:
    return frame(personnel_thousand=thousand).rename(columns={"iso3": "state"})


@pytest.fixture
def facts() -> dict[str, pd.DataFrame]:
    return {
        "capabilities": own(650.0),
        "us_aid": frame(military_aid_current_usd_m=30.0, military_loans_current_usd_m=10.0),
        "us_trade": frame(imports_usd_m=18_000.0, exports_usd_m=14_000.0),
        "ratification": pd.DataFrame({"iso3": ["KOR"], "ratification_hurdle": [2.0]}),
    }


def made(facts, rows: pd.DataFrame = YEARS, gdp: pd.DataFrame | None = None) -> pd.DataFrame:
    troops = pd.concat([frame(1990, us_troops=39_000), frame(1991, us_troops=39_000)])
    if gdp is None:
        gdp = pd.concat([frame(1990, gdp_usd_bn=200.0), frame(1991, gdp_usd_bn=400.0)])
    return dependence(rows, facts, troops, gdp, read_sources()).set_index(["iso3", "year"])


def test_ratios_have_the_stated_units(facts):
    korea = made(facts).loc[("KOR", 1990)]
    assert korea["us_troops_per_1000_personnel"] == pytest.approx(60)
    # 20 million without the loan, of 200 billion
    assert korea["military_aid_gdp"] == pytest.approx(0.01)
    assert korea["us_trade_gdp"] == pytest.approx(16)
    assert korea["ratification_hurdle"] == 2


def test_year_without_an_obligation_is_a_zero_inside_the_coverage(facts):
    assert made(facts)["military_aid_gdp"].tolist() == [pytest.approx(0.01), 0.0]


@pytest.mark.parametrize(("iso3", "year"), [("LUX", 1990), ("KOR", 2020)])
def test_aid_outside_the_coverage_is_missing_and_not_zero(facts, iso3, year):
    rows = pd.DataFrame({"iso3": [iso3], "year": [year]})
    table = made(facts, rows, frame(year, iso3, gdp_usd_bn=10.0))
    assert table["military_aid_gdp"].isna().all()


def test_year_without_own_personnel_trade_or_score_is_missing(facts):
    table = made(facts)
    assert table.loc[("KOR", 1991)].isna().to_dict() == {
        "us_troops_per_1000_personnel": True,
        "military_aid_gdp": False,
        "us_trade_gdp": True,
        "ratification_hurdle": False,
    }


def test_no_own_armed_forces_gives_no_ratio(facts):
    table = made(facts | {"capabilities": own(0.0)})
    assert table["us_troops_per_1000_personnel"].isna().all()


def test_unknown_gdp_gives_no_ratio_even_where_aid_is_zero(facts):
    table = made(facts, gdp=frame(1990, gdp_usd_bn=200.0))
    assert table["military_aid_gdp"].isna().tolist() == [False, True]


def test_rows_and_columns_are_those_asked_for_with_one_value_each(facts):
    table = made(facts).reset_index()
    assert list(table.columns) == COLUMNS
    assert table[["iso3", "year"]].equals(YEARS)
    doubled = facts | {"us_aid": pd.concat([facts["us_aid"]] * 2)}
    with pytest.raises(pd.errors.MergeError):
        made(doubled)
