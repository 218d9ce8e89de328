"""Facts that anybody can look up, each named with a public source that states it.

They were chosen across the sources and checked by hand against what these publications
are known to say, so that a slip of a column, a unit, a year or a state shows.
"""

import pandas as pd
import pytest
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts import FACTS
from underbalance.tables import read_table


def facts(table: str, **where: object) -> pd.DataFrame:
    rows = read_table(RAW_FOLDER / f"{table}.csv", FACTS[table]())
    for column, value in where.items():
        rows = rows[rows[column] == value]
    return rows


def value(table: str, column: str, **where: object) -> object:
    return facts(table, **where)[column].item()


def test_japan_spent_just_under_one_percent_of_its_product_in_1998():
    # SIPRI Yearbook 1999; Defense of Japan 1998 (about 0.95 % of GNP)
    assert 0.009 <= value("milex", "share_gdp", iso3="JPN", year=1998) <= 0.010


def test_roh_was_president_of_korea_on_the_first_of_march_2003():
    # Presidential Archives of Korea: inaugurated on 25 February 2003
    leaders = facts("leaders", iso3="KOR")
    then = leaders[(leaders["start"] <= "2003-03-01") & (leaders["end"] > "2003-03-01")]
    assert set(then["source"]) == {"archigos", "reign", "whogov"}
    assert then["leader"].str.contains("Roh Moo").all()


def test_romania_signed_the_missile_defence_agreement_in_september_2011():
    # US Department of State, TIAS 11-1223: signed at Washington on 13 September 2011
    events = facts("missile_defence_events", iso3="ROU", stage="agreement", partner="USA")
    assert "2011-09-13" in set(events["date"])


def test_poland_signed_the_interceptor_agreement_in_august_2008():
    # US Department of State: signed in Warsaw on 20 August 2008
    events = facts("missile_defence_events", iso3="POL", stage="agreement", direction=1)
    assert "2008-08-20" in set(events["date"])


def test_germany_had_between_four_and_five_effective_parties_after_2017():
    # Bundeswahlleiter: 709 seats: CDU/CSU 246, SPD 153, AfD 94, FDP 80, Left 69, Greens 67
    shares = pd.Series([246, 153, 94, 80, 69, 67]) / 709
    found = value("elections", "enpp", iso3="DEU", date="2017-09-24", source="ppeg")
    assert found == pytest.approx(1 / (shares**2).sum(), abs=0.01)


def test_croatia_and_albania_joined_nato_on_the_first_of_april_2009():
    # NATO, Member countries
    for iso3 in ("ALB", "HRV"):
        assert value("alliance", "start", iso3=iso3, commitment="NATO") == "2009-04-01"


def test_congress_was_notified_of_polands_patriots_in_november_2017():
    # DSCA news release 17-67 of 17 November 2017: estimated at 10.5 billion dollars
    notice = facts("notifications", iso3="POL", transmittal="17-67")
    assert notice["date"].item() == "2017-11-17"
    assert notice["cost_usd_m"].item() == 10_500
    assert "Patriot" in notice["system"].item()


def test_north_korea_first_launched_an_icbm_on_the_fourth_of_july_2017():
    # Ministry of Defense of Japan, announcement of 4 July 2017; CNS
    launches = facts("missile_launches", range_class="ICBM")
    assert launches["date"].min() == "2017-07-04"


def test_about_forty_thousand_us_soldiers_were_in_korea_in_2003():
    # US Department of Defense, Active Duty Military Personnel Strengths, 30 September 2003
    found = value("us_troops", "active_duty", iso3="KOR", year=2003, month=9)
    assert found == pytest.approx(41_145, abs=500)


def test_us_soldiers_in_germany_fell_by_almost_half_from_1990_to_1992():
    # US Department of Defense, same series: 227,586 and 134,483
    found = [value("us_troops", "active_duty", iso3="DEU", year=y, month=9) for y in (1990, 1992)]
    assert found == [227_586, 134_483]


def test_us_goods_trade_with_japan_in_2022():
    # US Census Bureau, Trade in Goods with Japan: exports 80 and imports 148 billion dollars
    trade = facts("us_trade", iso3="JPN", year=2022)
    assert trade["exports_usd_m"].item() == pytest.approx(80_300, rel=0.01)
    assert trade["imports_usd_m"].item() == pytest.approx(148_300, rel=0.01)


def test_israel_got_a_little_over_three_billion_of_military_aid_in_2015():
    # Congressional Research Service, RL33222: 3.1 billion of Foreign Military Financing
    assert 3_000 < value("us_aid", "military_aid_current_usd_m", iso3="ISR", year=2015) < 3_500


def test_belgium_was_without_a_full_government_from_june_2010_to_december_2011():
    # Belgian federal government: elections of 13 June 2010, Di Rupo sworn in on 6 December 2011
    cabinets = facts("cabinets", iso3="BEL", caretaker=True)
    long = cabinets[cabinets["start"].between("2010-06-01", "2010-12-31")]
    assert long["end"].tolist() == ["2011-12-05"]
    assert value("cabinets", "start", iso3="BEL", cabinet="Di Rupo") == "2011-12-06"


def test_three_nato_members_spent_two_percent_in_2014():
    # NATO, Defence Expenditure of NATO Countries (2014-2024), 17 June 2024: Greece, the
    # United Kingdom and the USA, which is no ally of itself
    shares = facts("nato_editions", edition="2024-06", series="gdp_percent", year=2014)
    assert set(shares.loc[shares["value"] >= 2, "iso3"]) == {"GRC", "GBR"}


def test_the_turkish_order_of_f35_is_gone():
    # White House statement of 17 July 2019: Turkey is removed from the F-35 programme
    open_in_2018 = facts("deal_vintages", vintage="2018-01", iso3="TUR", designation="F-35A JSF")
    assert open_in_2018["number_ordered"].tolist() == [100]
    assert open_in_2018["fate_2026_05"].tolist() == ["not_found"]


def test_greece_and_turkey_are_rivals_and_israel_and_jordan_no_longer():
    # Thompson, Sakuwa and Suhas 2021; treaty of peace of 26 October 1994
    assert pd.isna(value("rivalries", "end", iso3="GRC", rival="TUR", list="tss"))
    assert value("rivalries", "end", iso3="ISR", rival="JOR", list="tss") == 1994


def test_both_coders_shut_japan_out_of_alliance_operations_in_1998():
    # Constitution of Japan, Art. 9, as the government read it until the laws of 29 March 2016
    rules = facts("legal_constraints", iso3="JPN", item="force_limits")
    then = rules[(rules["start"] <= "1998-12-31") & (rules["end"] >= "1998-12-31")]
    assert then["value"].tolist() == [2, 2]
