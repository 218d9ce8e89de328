import numpy as np
import pandas as pd
import pandera.pandas as pa
import pytest
import underbalance.clean.country_years as module
from underbalance.clean.country_years import Plan, country_years
from underbalance.clean.legal import adjudicate
from underbalance.registry import RAW_FOLDER, read_sources
from underbalance.schemas.facts import governments, threat
from underbalance.schemas.processed import country_years as schema
from underbalance.stages import read_facts
from underbalance.tables import check_frame

YEARS = range(1998, 2003)
LISTED = pd.DataFrame(
    {
        "iso3": ["JPN", "KOR", "MNE"],
        "name": ["Japan", "South Korea", "Montenegro"],
        "region": ["asia_pacific", "asia_pacific", "europe"],
        "independent_since": ["", "", "2000-06-03"],
    }
)


def yearly(**columns: float) -> pd.DataFrame:
    """The columns for Japan, and twice their values for South Korea, in all years."""
    parts = [
        pd.DataFrame({"iso3": iso3, "year": YEARS} | {c: factor * v for c, v in columns.items()})
        for iso3, factor in (("JPN", 1), ("KOR", 2))
    ]
    return pd.concat(parts, ignore_index=True)


def empty(table: pa.DataFrameSchema) -> pd.DataFrame:
    """A facts table without rows."""
    return check_frame(pd.DataFrame(columns=list(table.columns)), table, "empty")


@pytest.fixture
def facts() -> dict[str, pd.DataFrame]:
    spending = yearly(share_gdp=0.01, constant_usd_m=100.0)
    spending["constant_usd_m"] *= np.exp(0.05 * (spending["year"] - YEARS[0]))
    pacts = [("JPN", "NATO", "1951-09-08", ""), ("KOR", "NATO", "1953-10-01", "2000-12-31")]
    economy = yearly(
        gdp_usd_bn=100.0,
        population_m=10.0,
        real_growth=1.0,
        inflation=1.0,
        unemployment=2.0,
        fiscal_balance=-1.0,
        primary_balance=-1.0,
        structural_balance=-1.0,
        debt=50.0,
        expenditure=30.0,
    ).melt(["iso3", "year"], var_name="series")
    return {
        "alliance": pd.DataFrame(pacts, columns=["iso3", "commitment", "start", "end"]),
        "milex": spending.assign(constant_usd_quality="", adopted_budget=False),
        "economy": economy.assign(source="imf_weo", status="observed"),
        "economy_vintages": yearly(value=-2.5).assign(
            series="fiscal_balance", vintage=lambda rows: rows["year"].astype("str") + "-10"
        ),
        "elections": pd.DataFrame(
            {"iso3": ["JPN"], "date": ["1999-01-01"], "source": ["ppeg"], "enpp": [2.5]}
        ),
        "institutions": yearly(
            divided_control=0.1,
            polarization=0.2,
            legislative_constraints=0.3,
            polyarchy=0.4,
            legislature_closed=False,
        ).astype({"legislature_closed": "boolean"}),
        "ideal_points": yearly(ideal_point=1.0).assign(ideal_point_usa=2.5),
        "legal": pd.DataFrame(
            {
                "iso3": ["JPN", "KOR"],
                "item": "force_limits",
                "start": "1990-01-01",
                "end": "2025-12-31",
                "value": [1.5, 0.0],
            }
        ),
        **{name: empty(table()) for name, table in threat.TABLES.items()},
        "capabilities": yearly(cinc=0.01, personnel_thousand=100.0).rename(
            columns={"iso3": "state"}
        ),
        "us_troops": yearly(active_duty=1000).assign(month=9).astype({"active_duty": "Int64"}),
        **{name: empty(table()) for name, table in governments.TABLES.items()},
        "us_aid": yearly(military_aid_current_usd_m=1.0, military_loans_current_usd_m=0.0),
        "us_trade": yearly(imports_usd_m=2000.0, exports_usd_m=1000.0),
        "ratification": pd.DataFrame({"iso3": ["JPN", "KOR"], "ratification_hurdle": [2.0, 2.0]}),
        "arms_orders": yearly(deals_all=2, deals_usa=1, tiv_all=40.0, tiv_usa=10.0),
    }


@pytest.fixture
def plan() -> Plan:
    return Plan(
        allies=LISTED,
        sources=read_sources(),
        first_year=1999,
        last_year=2001,
        reference_members=frozenset({"KOR"}),
        reference_years=(2000, 2001),
        election_valid_years=5,
    )


def rows(facts, plan) -> pd.DataFrame:
    return country_years(facts, plan)[0].set_index(["iso3", "year"])


def test_one_row_per_ally_and_year_of_existence_that_passes_its_schema(facts, plan):
    table, ledger = country_years(facts, plan)
    assert table[["iso3", "year"]].to_dict("split")["data"] == [
        *[[iso3, year] for iso3 in ("JPN", "KOR") for year in (1999, 2000, 2001)],
        ["MNE", 2000],
        ["MNE", 2001],
    ]
    assert ledger.empty
    check_frame(table, schema(), "country_years")


def test_ally_without_a_row_in_a_source_is_missing_and_never_zero(facts, plan):
    # the sources on rivalries and disputes list all that there are: no row is a zero there
    threats = ["rivalries", "rival_capabilities", "us_rival_capabilities"]
    listed = [*threats, "disputes", "disputes_involved"]
    values = rows(facts, plan).loc["MNE"].drop(columns=["is_ally", "in_reference"])
    assert values.drop(columns=listed).select_dtypes("number").isna().all(None)
    assert (values[listed] == 0).all(None)


def test_ratios_have_the_stated_units(facts, plan):
    korea = rows(facts, plan).loc[("KOR", 2000)]
    # 2,000 soldiers and 20 million inhabitants; 200 of the 100 + 200 billion of both allies
    assert korea["us_troops_per_1000"] == pytest.approx(1000 * 2000 / 20_000_000)
    assert korea["gdp_share"] == pytest.approx(200 / 300)
    assert korea["log_gdp"] == pytest.approx(np.log(200))
    assert korea["ideal_point_distance"] == pytest.approx(abs(2 * 1.0 - 2.5))
    assert korea["effort_growth"] == pytest.approx(5)
    assert korea["us_troops_per_1000_personnel"] == pytest.approx(1000 * 2000 / 200_000)
    assert korea["us_trade_gdp"] == pytest.approx(100 * 6000 / 200_000)


def test_us_share_of_arms_orders_needs_five_years(facts, plan):
    share = rows(facts, plan)["us_arms_share_5y"]
    assert share.isna().all()
    facts["arms_orders"] = pd.concat(
        [facts["arms_orders"].assign(year=lambda t: t["year"] - 5), facts["arms_orders"]]
    )
    assert rows(facts, plan).loc[("KOR", 2000), "us_arms_share_5y"] == pytest.approx(0.25)


def test_gdp_share_is_of_the_allies_with_a_commitment_in_the_year(facts, plan):
    table = rows(facts, plan)
    assert table.loc[("JPN", 2000), "gdp_share"] == pytest.approx(100 / 300)
    assert table.loc[("JPN", 2001), "gdp_share"] == pytest.approx(1)


def test_reference_is_members_committed_in_the_reference_years(facts, plan):
    table = rows(facts, plan)
    assert table.index[table["in_reference"]].tolist() == [("KOR", 2000)]


def test_first_year_of_the_table_uses_growth_of_the_years_before_it(facts, plan):
    facts["economy"] = facts["economy"].replace({"year": {1998: 1997}})
    growth = rows(facts, plan)["growth_3y"]
    assert growth.loc["JPN"].isna().tolist() == [True, True, False]
    assert growth.loc[("JPN", 2001)] == pytest.approx(1)


def test_row_from_before_independence_goes_to_the_ledger(facts, plan):
    early = {"iso3": "MNE", "year": 1999, "polyarchy": 0.5, "legislature_closed": False}
    institutions = pd.concat([facts["institutions"], pd.DataFrame([early])], ignore_index=True)
    facts["institutions"] = institutions.astype({"legislature_closed": "boolean"})
    table, ledger = country_years(facts, plan)
    assert ledger[["table", "key", "rule"]].to_dict("split")["data"] == [
        ["ally_year", "MNE 1999 institutions", "before_independence"]
    ]
    assert ("MNE", 1999) not in set(zip(table["iso3"], table["year"], strict=True))


def test_ally_year_twice_in_a_source_is_refused_instead_of_doubled(facts, plan):
    facts["milex"] = pd.concat([facts["milex"], facts["milex"].tail(2)], ignore_index=True)
    with pytest.raises(pd.errors.MergeError):
        country_years(facts, plan)


def test_no_join_of_the_real_sources_adds_or_loses_an_ally_year(project, allies, monkeypatch):
    counted: dict[str, tuple[int, int]] = {}
    join = module._join

    def counting(table, part, name, *rest):
        joined = join(table, part, name, *rest)
        keys = [frame[["iso3", "year"]].apply(tuple, axis=1).tolist() for frame in (table, joined)]
        assert keys[0] == keys[1]
        counted[name] = (len(table), len(joined))
        return joined

    monkeypatch.setattr(module, "_join", counting)
    names = sorted(path.stem for path in RAW_FOLDER.glob("*.csv"))
    real = read_facts(f"{RAW_FOLDER}/{name}.csv" for name in names)
    real["legal"] = adjudicate(real["legal_constraints"])[0]
    members = frozenset(allies["iso3"])
    plan = Plan(allies, read_sources(), 1985, 2025, members, (1990, 2023), 5)
    table, _ = module.country_years(real, plan)
    assert len(counted) > 8
    assert set(counted.values()) == {(len(table), len(table))}


def test_expected_balance_is_missing_in_years_without_an_october_edition(facts, plan):
    vintages = facts["economy_vintages"]
    facts["economy_vintages"] = vintages[vintages["year"] == 2000]
    table = rows(facts, plan)["expected_balance"]
    assert table["KOR"].isna().tolist() == [True, False, True]
    assert table["KOR", 2000] == -5
