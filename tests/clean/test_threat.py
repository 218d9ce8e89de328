"""Rivalries, capabilities of rivals, news and disputes by year."""

from __future__ import annotations

from math import e, log10

import pandas as pd
import pytest
from underbalance.clean.threat import threat_by_year
from underbalance.registry import RAW_FOLDER, read_sources
from underbalance.stages import read_facts

RIVALS_OF_USA = ["CHN", "CUB", "IRN", "RUS"]
KEYS = pd.DataFrame({"iso3": "KOR", "year": range(2018, 2023)})
KM_PER_MILE = 1.609344


def rivalry_table(rows: list[tuple], *sides: str) -> pd.DataFrame:
    columns = [*sides, "rival", "list", "start", "end"]
    return pd.DataFrame(rows, columns=columns).astype({"start": "Int64", "end": "Int64"})


@pytest.fixture
def facts() -> dict[str, pd.DataFrame]:
    """South Korea with one rival on its border; the sources end as they do."""
    rivalries = [("KOR", "PRK", "tss", 1948, None), ("KOR", "PRK", "td", 1948, None)]
    years = range(2016, 2023)
    return {
        "rivalries": rivalry_table(rivalries, "iso3"),
        "us_rivalries": rivalry_table([]),
        "capabilities": pd.DataFrame(
            [(s, y, c) for s, c in (("KOR", 0.02), ("PRK", 0.01)) for y in years],
            columns=["state", "year", "cinc"],
        ),
        "distances": pd.DataFrame(
            {
                "iso3": "KOR",
                "rival": "PRK",
                "year": pd.array(years, dtype="Int64"),
                "capital_km": 193.7,
                "min_km": [0.0 if y <= 2019 else None for y in years],
                "contiguity": pd.array([1] + [None] * 6, dtype="Int64"),
            }
        ).astype({"min_km": "float64"}),
        "geopolitical_risk": pd.DataFrame(
            {"iso3": "KOR", "year": [2018, 2019], "gpr": [0.2, 0.3], "months": [12, 11]}
        ),
        "disputes": pd.DataFrame(
            columns=["iso3", "opponent", "dispute", "year", "list", "target"], dtype="str"
        ),
    }


def by_year(facts, keys: pd.DataFrame = KEYS) -> pd.DataFrame:
    return threat_by_year(keys, facts, read_sources())[0].set_index("year")


def at_distance(km: float, cinc: float = 0.01) -> float:
    """Bueno de Mesquita (1981), written out once more."""
    return cinc ** log10(km / KM_PER_MILE / 500 + 10 - e)


def place(facts, **cells) -> None:
    facts["distances"] = facts["distances"].assign(**cells)


def test_rivalries_are_counted_from_the_newer_list_to_its_last_year(facts):
    counted = by_year(facts)["rivalries"]
    assert counted.loc[:2020].tolist() == [1, 1, 1]
    assert counted.loc[2021:].isna().all()


def test_rivalry_counts_in_its_first_and_in_its_last_year(facts):
    facts["rivalries"] = facts["rivalries"].assign(
        start=pd.array([2019, 1948], dtype="Int64"), end=pd.array([2019, None], dtype="Int64")
    )
    assert by_year(facts)["rivalries"].loc[:2020].tolist() == [0, 1, 0]


def test_ally_without_a_rival_has_zeros_within_the_coverage_and_nothing_after_it(facts):
    keys = pd.DataFrame({"iso3": "NOR", "year": [2020, 2021]})
    found = by_year(facts, keys)
    assert found["rivalries"].tolist()[:1] == [0]
    assert found["rival_capabilities"].tolist()[:1] == [0]
    assert found.loc[2021].drop("iso3").isna().all()


def test_capability_at_the_border_is_discounted_by_the_formula_of_bueno_de_mesquita(facts):
    # 0.01^log10(10 - e) = 0.01^0.8622
    assert by_year(facts).loc[2018, "rival_capabilities"] == pytest.approx(0.018859, rel=1e-4)


def test_distant_rival_threatens_less_and_distance_takes_less_from_a_great_power(facts):
    place(facts, min_km=1000.0)
    near = at_distance(0)
    far = by_year(facts).loc[2018, "rival_capabilities"]
    assert far == pytest.approx(at_distance(1000))
    assert far < near
    assert far / near < at_distance(1000, 0.2) / at_distance(0, 0.2)


def test_ratio_is_of_the_discounted_capabilities_to_the_own(facts):
    found = by_year(facts).loc[2018]
    assert found["rival_capability_ratio"] == pytest.approx(found["rival_capabilities"] / 0.02)


def test_capabilities_of_all_rivals_are_added(facts):
    japan = {"rival": "JPN"}
    for name in ("rivalries", "distances"):
        facts[name] = pd.concat([facts[name], facts[name].assign(**japan)], ignore_index=True)
    more = facts["capabilities"].query("state == 'KOR'").assign(state="JPN", cinc=0.03)
    facts["capabilities"] = pd.concat([facts["capabilities"], more], ignore_index=True)
    expected = at_distance(0) + at_distance(0, 0.03)
    assert by_year(facts).loc[2018, "rival_capabilities"] == pytest.approx(expected)


def test_least_distance_is_carried_forward_and_the_ledger_says_so(facts):
    table, ledger = threat_by_year(KEYS, facts, read_sources())
    found = table.set_index("year")["rival_capabilities"]
    assert found[2020] == found[2019]
    carried = ledger[ledger["rule"] == "distance_carried_forward"]
    assert carried[["key", "new"]].to_numpy().tolist() == [["KOR 2020 PRK", "0 km"]]


def test_contiguity_stands_in_for_a_least_distance_and_the_capitals_for_both(facts):
    place(facts, min_km=float("nan"), contiguity=pd.array([4] + [None] * 6, dtype="Int64"))
    water, ledger = threat_by_year(KEYS, facts, read_sources())
    expected = at_distance(150 * KM_PER_MILE)
    assert water.set_index("year").loc[2018, "rival_capabilities"] == pytest.approx(expected)
    assert ledger.loc[ledger["rule"] == "distance_carried_forward", "key"].tolist() == [
        f"KOR {year} PRK" for year in (2018, 2019, 2020)
    ]
    place(facts, contiguity=pd.array([0] + [None] * 6, dtype="Int64"))
    apart, ledger = threat_by_year(KEYS, facts, read_sources())
    expected = at_distance(193.7)
    assert apart.set_index("year").loc[2018, "rival_capabilities"] == pytest.approx(expected)
    assert "distance_carried_forward" not in set(ledger["rule"])


def with_us_rivals(facts, *rivals: tuple[str, float, float]) -> dict[str, pd.DataFrame]:
    """Give the USA rivals since 1990 (state, CINC, km to South Korea)."""
    rows = [(rival, "tss", 1990, None) for rival, _, _ in rivals]
    years = range(2016, 2023)
    cinc = [(rival, year, cinc) for rival, cinc, _ in rivals for year in years]
    km = [("KOR", rival, year, km) for rival, _, km in rivals for year in years]
    added = {
        "capabilities": pd.DataFrame(cinc, columns=["state", "year", "cinc"]),
        "distances": pd.DataFrame(km, columns=["iso3", "rival", "year", "capital_km"]).astype(
            {"year": "Int64"}
        ),
    }
    both = {name: pd.concat([facts[name], more]) for name, more in added.items()}
    return {**facts, "us_rivalries": rivalry_table(rows), **both}


def test_threat_shared_with_the_usa_is_the_sum_over_its_rivals_at_their_distance_to_the_ally(facts):
    found = by_year(with_us_rivals(facts, ("CHN", 0.2, 952.0), ("RUS", 0.04, 804.672))).loc[2018]
    # 804.672 km are 500 miles, a day's way: the exponent is log10(11 - e)
    assert at_distance(804.672, 0.04) == pytest.approx(0.04 ** log10(11 - e))
    # by hand: 0.2^log10(8.46483) + 0.04^log10(8.28172) = 0.2^0.92762 + 0.04^0.91812
    expected = 0.22470 + 0.05206
    assert found["us_rival_capabilities"] == pytest.approx(expected, abs=1e-4)
    # and the ally's own rival is no part of it
    assert found["rival_capabilities"] == pytest.approx(at_distance(0))


def test_rival_of_the_ally_and_of_the_usa_counts_in_both_sums_and_once_in_the_ledger(facts):
    facts["us_rivalries"] = rivalry_table([("PRK", "tss", 1948, None)])
    table, ledger = threat_by_year(KEYS, facts, read_sources())
    found = table.set_index("year")
    assert found.loc[2018, "us_rival_capabilities"] == pytest.approx(at_distance(0))
    assert found.loc[2018, "rival_capabilities"] == pytest.approx(at_distance(0))
    assert found["rivalries"].tolist()[:3] == [1, 1, 1]
    carried = ledger[ledger["rule"] == "distance_carried_forward"]
    assert carried["key"].tolist() == ["KOR 2020 PRK"]


def test_threat_shared_with_the_usa_is_zero_without_a_rival_and_unknown_after_the_list(facts):
    facts["us_rivalries"] = rivalry_table([("PRK", "tss", 1948, 2018)])
    found = by_year(facts)["us_rival_capabilities"]
    assert found[2018] > 0
    assert found[[2019, 2020]].tolist() == [0, 0]
    assert found[2021:].isna().all()


def test_older_list_of_rivals_of_the_usa_does_not_count(facts):
    facts["us_rivalries"] = rivalry_table([("PRK", "td", 1948, None)])
    assert by_year(facts).loc[2018, "us_rival_capabilities"] == 0


def test_rival_of_the_usa_without_a_distance_leaves_only_the_sum_that_it_is_part_of_empty(facts):
    facts = with_us_rivals(facts, ("CHN", 0.2, 952.0), ("RUS", 0.04, 800.0))
    gone = (facts["distances"]["rival"] == "RUS") & (facts["distances"]["year"] == 2018)
    facts["distances"] = facts["distances"][~gone]
    table, ledger = threat_by_year(KEYS, facts, read_sources())
    found = table.set_index("year")
    assert pd.isna(found.loc[2018, "us_rival_capabilities"])
    assert found.loc[2019, "us_rival_capabilities"] > 0
    assert found.loc[2018, "rival_capabilities"] == pytest.approx(at_distance(0))
    unmeasured = ledger[ledger["rule"] == "rival_not_measured"]
    assert unmeasured["key"].tolist() == ["KOR 2018 RUS"]


def shipped_at(iso3: list[str], year: int, rivals: list[str]) -> pd.Series:
    """The shipped facts of one year, with these rivals of the USA only."""
    names = ("rivalries", "us_rivalries", "capabilities", "distances", "geopolitical_risk")
    facts = read_facts(str(RAW_FOLDER / f"{name}.csv") for name in (*names, "disputes"))
    of_usa = facts["us_rivalries"]
    facts["us_rivalries"] = of_usa[of_usa["rival"].isin(rivals)]
    keys = pd.DataFrame({"iso3": iso3, "year": year})
    return threat_by_year(keys, facts, read_sources())[0].set_index("iso3")["us_rival_capabilities"]


def test_neighbours_of_russia_share_more_of_its_threat_than_portugal():
    found = shipped_at(["NOR", "POL", "PRT"], 2015, ["RUS"])
    # at the border 0.036792^0.862234 (CINC of Russia in 2015; Kaliningrad and Finnmark)
    assert found["POL"] == pytest.approx(0.05799, abs=1e-5)
    assert found["NOR"] == found["POL"]
    assert found["POL"] > 1.5 * found["PRT"] > 0


def test_usa_had_no_great_power_for_a_rival_from_1990_to_1995():
    # Thompson, Sakuwa and Suhas (2021): the Soviet Union to 1989, China from 1996, Russia from 2007
    shared = [shipped_at(["JPN"], year, RIVALS_OF_USA)["JPN"] for year in (1989, 1990, 1995, 1996)]
    assert min(shared[0], shared[3]) > 20 * max(shared[1:3]) > 0


@pytest.mark.parametrize("lost", ["capabilities", "distances"])
def test_rival_that_is_not_measured_leaves_the_sum_empty_and_no_smaller(facts, lost):
    rival = "state" if lost == "capabilities" else "rival"
    gone = (facts[lost][rival] == "PRK") & (facts[lost]["year"] == 2018)
    facts[lost] = facts[lost][~gone]
    table, ledger = threat_by_year(KEYS, facts, read_sources())
    found = table.set_index("year")
    assert pd.isna(found.loc[2018, "rival_capabilities"])
    assert found.loc[2018, "rivalries"] == 1
    assert found.loc[2019, "rival_capabilities"] > 0
    (entry,) = ledger[ledger["rule"] == "rival_not_measured"].to_dict("records")
    assert entry["key"] == "KOR 2018 PRK"


def test_year_of_news_with_a_month_missing_is_left_out(facts):
    table, ledger = threat_by_year(KEYS, facts, read_sources())
    assert table["gpr"].notna().tolist() == [True, False, False, False, False]
    (entry,) = ledger[ledger["rule"] == "incomplete_year"].to_dict("records")
    assert (entry["key"], entry["old"]) == ("KOR 2019 gpr", "0.3")


def test_disputes_are_counted_once_and_only_of_the_longer_list(facts):
    rows = [
        ("KOR", "PRK", 1, 2013, "cow_mid", True),
        ("KOR", "CHN", 1, 2013, "cow_mid", True),
        ("KOR", "JPN", 2, 2013, "cow_mid", False),
        ("KOR", "RUS", 3, 2013, "gml", True),
    ]
    columns = ["iso3", "opponent", "dispute", "year", "list", "target"]
    facts["disputes"] = pd.DataFrame(rows, columns=columns)
    keys = pd.DataFrame({"iso3": "KOR", "year": [2013, 2014, 2015]})
    found = by_year(facts, keys)
    assert found["disputes"].tolist()[:2] == [1, 0]
    assert found["disputes_involved"].tolist()[:2] == [2, 0]
    assert found.loc[2015, ["disputes", "disputes_involved"]].isna().all()


def test_dispute_with_a_side_as_target_and_one_as_not_counts_as_target(facts):
    rows = [
        ("KOR", "PRK", 1, 2013, "cow_mid", False),
        ("KOR", "CHN", 1, 2013, "cow_mid", True),
    ]
    columns = ["iso3", "opponent", "dispute", "year", "list", "target"]
    facts["disputes"] = pd.DataFrame(rows, columns=columns)
    found = by_year(facts, pd.DataFrame({"iso3": "KOR", "year": [2013]}))
    assert found[["disputes", "disputes_involved"]].to_numpy().tolist() == [[1, 1]]
