"""The products of the real data: counts, well-known facts, and nothing filled in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from underbalance.config import has_z_columns, read_codings, read_config
from underbalance.outcomes.catalogue import OUTCOMES
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


@pytest.mark.parametrize(
    ("iso3", "year", "column", "value"),
    [
        # Constitution, Art. 9, before and after the Peace and Security Legislation came into
        # force on 29 March 2016 (Ministry of Defense, Defense of Japan 2016)
        ("JPN", 1998, "legal_force_limits", 2),
        ("JPN", 2016, "legal_force_limits", 1),
        # Three Principles on Arms Exports, replaced on 1 April 2014 (MOFA)
        ("JPN", 2013, "legal_arms_transfer_limits", 2),
        ("JPN", 2014, "legal_arms_transfer_limits", 1),
        # Fiscal Structural Reform Act, suspended on 18 December 1998 (Act No. 150 of 1998)
        ("JPN", 1997, "legal_defence_spending_ceiling", 1),
        ("JPN", 1998, "legal_defence_spending_ceiling", 0),
        # Federal Constitutional Court, 12 July 1994 (BVerfGE 90, 286)
        ("DEU", 1993, "legal_deployment_veto", 0),
        ("DEU", 1994, "legal_deployment_veto", 2),
        # Federal Balanced Budget Act of 23 June 2015, repealed on 22 June 2016 (Justice Laws)
        ("CAN", 2014, "legal_fiscal_rule", 0),
        ("CAN", 2015, "legal_fiscal_rule", 1),
        ("CAN", 2016, "legal_fiscal_rule", 0),
        # Nuclear Free Zone, Disarmament, and Arms Control Act 1987 (legislation.govt.nz)
        ("NZL", 1990, "legal_basing_nuclear_space", 2),
    ],
)
def test_law_in_force_at_the_end_of_the_year_is_coded(
    by_year: pd.DataFrame, iso3: str, year: int, column: str, value: int
) -> None:
    row = by_year[(by_year["iso3"] == iso3) & (by_year["year"] == year)]
    assert row[column].item() == value


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
        ("gpr", "LTU", 2000),
        ("disputes", "KOR", 2015),
        ("rivalries", "GRC", 2021),
        ("military_aid_gdp", "LUX", 2000),
        ("military_dispersion", "PHL", 2000),
        ("legal_force_limits", "JPN", 1989),
        ("legal_deployment_veto", "ALB", 1997),
    ],
)
def test_outside_coverage_is_missing_and_never_zero(
    by_year: pd.DataFrame, column: str, iso3: str, year: int
) -> None:
    row = by_year[(by_year["iso3"] == iso3) & (by_year["year"] == year)]
    assert len(row) == 1
    assert row[column].isna().all()


@pytest.mark.parametrize(
    ("table", "iso3", "year"),
    [
        ("geopolitical_risk", "LTU", 2000),
        ("ideal_points", "TWN", 2000),
        ("agreements", "JPN", 2011),
        ("exercises", "KOR", 2011),
        ("disputes", "KOR", 2015),
        ("cabinets", "KOR", 2000),
        ("notifications", "JPN", 2007),
        ("outcome.agreement", "JPN", 2011),
        ("outcome.exercises", "KOR", 2011),
        ("outcome.alignment", "TWN", 2000),
    ],
)
def test_coverage_says_outside_where_no_source_looks(
    finished: Path, table: str, iso3: str, year: int
) -> None:
    rows = processed(finished, "coverage")
    asked = rows[(rows["table"] == table) & (rows["iso3"] == iso3) & (rows["year"] == year)]
    assert len(asked) > 0
    assert set(asked["status"]) == {"outside"}


def test_no_outcome_has_a_case_outside_of_coverage(finished: Path) -> None:
    """Every case lies in years and allies that its sources cover."""
    sources = read_sources()
    for name, outcome in OUTCOMES.items():
        cases = read_table(
            finished / f"data/processed/outcomes/{name}.csv", PROCESSED[f"outcome.{name}"]()
        )
        covered = pd.Series(False, index=cases.index)
        for table in outcome.facts:
            covered |= is_covered(sources, table, cases["iso3"], cases["year"])
        outside = cases[~covered]
        assert name == "adoption" or outside.empty, (name, outside.head().to_dict("records"))


def test_ally_year_has_the_rows_of_country_years(finished: Path, by_year: pd.DataFrame) -> None:
    before = pd.read_csv(finished / "data/processed/parts/country_years.csv")
    assert before[["iso3", "year"]].to_numpy().tolist() == (
        by_year[["iso3", "year"]].to_numpy().tolist()
    )
    assert not by_year.duplicated(["iso3", "year"]).any()


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
    coded = {
        f"z_{part.variable}"
        for name, coding in read_codings().items()
        for part in coding.components
        if has_z_columns(name, coding)
    }
    assert set(scores) == coded
    assert reference[scores].mean().abs().max() < 1e-12
    assert (reference[scores].std() - 1).abs().max() < 1e-12


@pytest.mark.parametrize(
    ("name", "least"), [("political", 3), ("economic", 3), ("legal", 6), ("social", 2)]
)
def test_an_index_is_missing_where_too_few_components_are_observed(
    by_year: pd.DataFrame, finished: Path, name: str, least: int
) -> None:
    missing = by_year[by_year[f"{name}_components"] < least]
    assert by_year[name].isna().equals(by_year[f"{name}_components"] < least)
    ledger = processed(finished, "ledger")
    noted = set(ledger.loc[ledger["rule"] == "too_few_components", "key"])
    assert {f"{row.iso3} {row.year} {name}" for row in missing.itertuples()} <= noted


def test_legal_index_is_the_mean_of_the_rescaled_codes(by_year: pd.DataFrame) -> None:
    japan = by_year[(by_year["iso3"] == "JPN") & (by_year["year"] == 1998)].iloc[0]
    # force 2/2, veto 1.5/2 (coders differ), arms 2/2, ceiling 0, fiscal 1/2, basing 2/2,
    # ratification (2 - 1)/3
    assert japan["legal"] == pytest.approx((1 + 0.75 + 1 + 0 + 0.5 + 1 + 1 / 3) / 7)


def test_legal_obstacle_of_japan_is_above_the_core_median_throughout(by_year: pd.DataFrame) -> None:
    median = by_year.loc[by_year["in_reference"], "legal"].median()
    japan = by_year[(by_year["iso3"] == "JPN") & (by_year["year"] >= 1990)]
    assert len(japan) == 36
    assert (japan["legal"] > median).all()


def test_the_ledger_accounts_for_every_deal_not_counted(finished: Path) -> None:
    ledger = processed(finished, "ledger")
    deals = processed(finished, "deals")
    of_deals = (ledger["table"] == "deals") & ledger["rule"].str.startswith("not_counted_")
    noted = ledger[of_deals]["key"]
    left_out = "deal " + deals.loc[deals["exclusion"] != "", "deal_id"].astype("str")
    assert sorted(noted) == sorted(left_out)


def test_threat_ends_with_the_rivalries_and_has_the_rivals_of_the_seed_cases(
    by_year: pd.DataFrame,
) -> None:
    rows = by_year.set_index(["iso3", "year"])
    assert by_year.loc[by_year["threat"].notna(), "year"].max() == 2020
    assert by_year.loc[by_year["year"] > 2020, "gpr"].notna().any()
    assert rows.loc[("KOR", 2010), "rivalries"] == 1
    # China is a rival of Japan from 1996 on in Thompson, Sakuwa and Suhas (2021)
    assert rows.loc[("JPN", 1995), "rival_capabilities"] == 0
    assert rows.loc[("JPN", 1996), "rival_capabilities"] > 0.1
    committed = rows[rows["in_reference"]]
    assert committed.loc[pd.IndexSlice[:, 1990:2020], "threat"].notna().all()


def test_launches_by_year_add_up_to_those_of_the_source(finished: Path) -> None:
    table = processed(finished, "missile_launches_by_year")
    assert table["launches"].sum() == len(raw(finished, "missile_launches"))
    assert (table["failures"] + table["outcomes_unknown"] <= table["launches"]).all()
    assert table.loc[table["year"] == 1999, "launches"].sum() == 0


def test_every_ally_year_has_a_type_at_every_quantile_or_an_entry_of_the_ledger(
    finished: Path, by_year: pd.DataFrame
) -> None:
    types = processed(finished, "typology")
    assert len(types) == len(by_year) * len(read_config().typology.quantiles)
    untyped = types[types["type"] == ""]
    ledger = processed(finished, "ledger")
    noted = ledger.loc[(ledger["table"] == "typology") & (ledger["rule"] == "no_type"), "key"]
    assert set(noted) == set(untyped["iso3"] + " " + untyped["year"].astype("str"))


def test_half_of_the_known_reference_rows_are_high_at_the_median(finished: Path) -> None:
    types = processed(finished, "typology")
    primary = types[(types["quantile"] == 0.5) & types["in_reference"]]
    for name in ("high_political", "high_social"):
        assert primary[name].mean() == pytest.approx(0.5, abs=0.01)
