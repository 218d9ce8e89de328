"""The products of the real data: counts, well-known facts, and nothing filled in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from underbalance.config import read_codings
from underbalance.registry import is_covered, read_codebook, read_sources
from underbalance.schemas.facts import FACTS
from underbalance.schemas.processed import PROCESSED, ally_year
from underbalance.tables import read_table

pytestmark = pytest.mark.end_to_end

NOT_CORE = ("ISR", "TWN")


@pytest.fixture(scope="module", autouse=True)
def _in_the_run(finished: Path) -> None:
    """Registry and lists are read from the folder of the run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(finished)
        yield


@pytest.fixture(scope="module")
def by_year(finished: Path) -> pd.DataFrame:
    return read_table(finished / "data/processed/ally_year.csv", ally_year(read_codings()))


def processed(finished: Path, name: str) -> pd.DataFrame:
    return read_table(finished / f"data/processed/{name}.csv", PROCESSED[name]())


def raw(finished: Path, name: str) -> pd.DataFrame:
    return read_table(finished / f"data/raw/{name}.csv", FACTS[name]())


def test_ally_year_has_every_listed_ally_and_the_allied_years(by_year: pd.DataFrame) -> None:
    listed = set(pd.read_csv("config/allies.csv")["iso3"])
    assert set(by_year["iso3"]) == listed
    assert len(listed - set(NOT_CORE)) >= 37
    recent = by_year[by_year["year"].between(1990, 2024)]
    core = recent[recent["is_ally"] & ~recent["iso3"].isin(NOT_CORE)]
    assert len(recent) >= 1150
    # 20 allies throughout (700 years) and the years of the NATO members since 1999
    assert len(core) == 700 + 3 * 26 + 7 * 21 + 2 * 16 + 8 + 5 + 2 + 1


def test_new_zealand_is_an_ally_until_1986(by_year: pd.DataFrame) -> None:
    own = by_year[by_year["iso3"] == "NZL"]
    assert own.loc[own["is_ally"], "year"].max() == 1986


def test_a_state_has_no_rows_before_it_existed(by_year: pd.DataFrame) -> None:
    first = by_year.groupby("iso3")["year"].min()
    assert first[["CZE", "SVK", "MNE", "EST"]].tolist() == [1993, 1993, 2006, 1991]


def test_japan_had_four_prime_ministers_in_1993_and_1994(finished: Path) -> None:
    spells = processed(finished, "leader_spells")
    own = spells[(spells["iso3"] == "JPN") & (spells["end"] >= "1993") & (spells["start"] < "1995")]
    assert own[["start", "end"]].to_numpy().tolist() == [
        ["1991-11-06", "1993-08-09"],
        ["1993-08-09", "1994-04-25"],
        ["1994-04-25", "1994-06-29"],
        ["1994-06-29", "1996-01-11"],
    ]
    for leader, name in zip(
        own["leader"], ["Miyazawa", "Hosokawa", "Hata", "Murayama"], strict=True
    ):
        assert name in leader


def test_korea_has_its_presidents_to_the_end_of_coverage(finished: Path) -> None:
    spells = processed(finished, "leader_spells")
    own = spells[(spells["iso3"] == "KOR") & (spells["start"] >= "1988")]
    inaugurated = ["1988-02-25", "1993-02-25", "1998-02-25", "2003-02-25", "2008-02-25"]
    inaugurated += ["2013-02-25", "2016-12-09", "2017-05-10", "2022-05-10"]
    assert own["start"].tolist() == inaugurated
    assert (
        "Roh" in own[(own["start"] <= "2003-03-01") & (own["end"] > "2003-03-01")]["leader"].item()
    )
    assert own["in_office"].tolist() == [False] * 8 + [True]


def test_spells_of_an_ally_do_not_overlap(finished: Path) -> None:
    spells = processed(finished, "leader_spells").sort_values(["iso3", "start"])
    following = spells.groupby("iso3")["start"].shift(-1)
    assert ((spells["end"] <= following) | following.isna()).all()


@pytest.mark.parametrize(
    ("iso3", "designation", "order_year", "first_delivery_year"),
    [
        ("JPN", "SM-3 Block-1", 2006, 2007),
        ("KOR", "F-35A Lightning-2", 2014, 2018),
        ("ROU", "Patriot Configuration-3", 2017, 2020),
    ],
)
def test_a_known_deal_has_its_years(
    finished: Path, iso3: str, designation: str, order_year: int, first_delivery_year: int
) -> None:
    deals = processed(finished, "deals")
    same = deals[(deals["iso3"] == iso3) & (deals["designation"] == designation)]
    deal = same[same["order_year"] == order_year]
    assert deal["first_delivery_year"].tolist() == [first_delivery_year]


def test_deals_of_core_allies_are_all_there(finished: Path) -> None:
    deals = processed(finished, "deals")
    assert (~deals["iso3"].isin(NOT_CORE)).sum() >= 1500
    assert len(deals) == len(raw(finished, "deals"))


def test_a_deal_is_at_risk_once_a_year_until_its_delivery(finished: Path) -> None:
    deals = processed(finished, "deals")
    spells = processed(finished, "deal_spells")
    counted = deals[deals["exclusion"] == ""].set_index("deal_id")
    by_deal = spells.groupby("deal_id")
    assert set(spells["deal_id"]) == set(counted.index)
    assert (by_deal["delivered"].sum() == counted["delivered"].astype(int)).all()
    assert (by_deal["year"].min() == counted["order_year"]).all()
    assert (by_deal["year"].max() == counted["first_delivery_year"].fillna(2025)).all()
    assert (by_deal["year"].nunique() == by_deal.size()).all()


def test_no_cell_is_filled_outside_the_coverage_of_its_sources(by_year: pd.DataFrame) -> None:
    codebook, sources = read_codebook(), read_sources()
    columns = codebook[(codebook["table"] == "ally_year") & (codebook["source"] != "")]
    assert len(columns) > 30
    wrong = []
    for column in columns.to_dict("records"):
        cells = by_year[column["name"]]
        # the "no" of a sample or quality mark is no value of a source
        filled = cells.notna() & ~cells.astype("str").isin(["", "False"])
        covered = pd.Series(False, index=by_year.index)
        for table in column["source"].split(";"):
            covered |= is_covered(sources, table, by_year["iso3"], by_year["year"])
        years = by_year["year"].between(int(column["first_year"]), int(column["last_year"]))
        outside = by_year[filled & ~(covered & years)]
        wrong += [f"{column['name']} {row.iso3} {row.year}" for row in outside.itertuples()]
    assert wrong == []


def test_every_economic_cell_is_an_observed_value_of_a_source(
    finished: Path, by_year: pd.DataFrame
) -> None:
    facts = raw(finished, "economy")
    observed = facts[facts["status"] == "observed"]
    for series in observed["series"].unique():
        cells = by_year[["iso3", "year", series]].dropna()
        known = observed[observed["series"] == series][["iso3", "year", "value"]]
        found = cells.merge(
            known, left_on=["iso3", "year", series], right_on=["iso3", "year", "value"], how="left"
        )
        assert found["value"].notna().all()


@pytest.mark.parametrize(
    ("column", "iso3", "year"),
    [
        ("ideal_point", "TWN", 2000),
        ("ideal_point", "KOR", 1990),
        ("enpp", "TWN", 2020),
        ("milex_constant_usd_m", "ISL", 2000),
        ("polarization", "JPN", 2024),
        ("turnover_3y", "JPN", 2023),
        ("fiscal_balance", "JPN", 2024),
    ],
)
def test_outside_coverage_is_missing_and_never_zero(
    by_year: pd.DataFrame, column: str, iso3: str, year: int
) -> None:
    row = by_year[(by_year["iso3"] == iso3) & (by_year["year"] == year)]
    assert len(row) == 1
    assert row[column].isna().all()


def test_effective_number_of_parties_is_that_of_the_election_in_force(
    by_year: pd.DataFrame,
) -> None:
    germany = by_year[(by_year["iso3"] == "DEU") & (by_year["year"] == 2018)]
    assert germany["election_date"].item() == "2017-09-24"
    # seats of 709: CDU/CSU 246, SPD 153, AfD 94, FDP 80, Left 69, Greens 67
    seats = pd.Series([246, 153, 94, 80, 69, 67])
    assert germany["enpp"].item() == pytest.approx(1 / ((seats / 709) ** 2).sum())


def test_obstacles_have_mean_near_zero_on_the_reference_sample(by_year: pd.DataFrame) -> None:
    reference = by_year[by_year["in_reference"]]
    scores = [name for name in by_year if name.startswith("z_")]
    assert len(scores) == 8
    assert reference[scores].mean().abs().max() < 1e-12
    assert (reference[scores].std() - 1).abs().max() < 1e-12


def test_an_index_needs_three_components(by_year: pd.DataFrame) -> None:
    for name in ("political", "economic"):
        observed = by_year[f"{name}_components"]
        assert (by_year[name].notna() == (observed >= 3)).all()


def test_the_ledger_accounts_for_every_deal_not_counted(finished: Path) -> None:
    ledger = processed(finished, "ledger")
    deals = processed(finished, "deals")
    of_deals = (ledger["table"] == "deals") & ledger["rule"].str.startswith("not_counted_")
    noted = ledger[of_deals]["key"]
    left_out = "deal " + deals.loc[deals["exclusion"] != "", "deal_id"].astype("str")
    assert sorted(noted) == sorted(left_out)
