import pandas as pd
import pytest
from underbalance.clean.burden import burden_of_deals, burden_of_notices

YEARS = pd.DataFrame(
    {
        "iso3": ["FIN", "FIN", "FIN", "NOR"],
        "year": pd.array([1989, 1990, 1991, 1990], dtype="Int64"),
        "milex_constant_usd_m": [2000.0, 0.0, None, 4000.0],
        "milex_share_gdp": [0.02, 0.0, 0.02, 0.03],
        "gdp_usd_bn": [100.0, 100.0, None, 100.0],
    }
)


def buyers(year: str, *cells: tuple[str, int], **columns: float) -> pd.DataFrame:
    frame = pd.DataFrame(cells, columns=["iso3", year], index=range(7, 7 + len(cells)))
    return frame.astype({year: "Int64"}).assign(**columns)


def test_burden_of_a_deal_is_its_volume_per_constant_expenditure_of_the_year_before():
    deals = buyers("order_year", ("NOR", 1991), ("FIN", 1990), tiv_order=500.0)
    found = burden_of_deals(deals, YEARS)
    assert found.to_dict() == {7: 0.125, 8: 0.25}


def test_burden_of_a_notice_is_a_share_of_current_expenditure_of_the_year_before():
    # 500 / (2 % of 100,000) and 500 / (3 % of 100,000)
    notices = buyers("year", ("FIN", 1990), ("NOR", 1991), cost_usd_m=500.0)
    assert burden_of_notices(notices, YEARS).tolist() == [0.25, pytest.approx(1 / 6)]


@pytest.mark.parametrize("year", [1991, 1992, 1993])
def test_burden_is_unknown_where_expenditure_is_nothing_not_known_or_not_there(year):
    deals = buyers("order_year", ("FIN", year), tiv_order=500.0)
    notices = buyers("year", ("FIN", year), cost_usd_m=500.0)
    assert burden_of_deals(deals, YEARS).isna().all()
    assert burden_of_notices(notices, YEARS).isna().all()


def test_burden_is_unknown_where_the_size_is():
    deals = buyers("order_year", ("FIN", 1990), tiv_order=float("nan"))
    notices = buyers("year", ("FIN", 1990), cost_usd_m=float("nan"))
    assert burden_of_deals(deals, YEARS).isna().all()
    assert burden_of_notices(notices, YEARS).isna().all()
