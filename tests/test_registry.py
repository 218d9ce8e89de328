import pandas as pd
import pytest
from underbalance.registry import (
    ALLIES_FILE,
    CODEBOOK_FILE,
    RAW_FOLDER,
    RIVALS_FILE,
    SOURCES_FILE,
    first_year_of,
    is_covered,
    last_year_of,
    read_allies,
    read_codebook,
    read_rivals,
    read_sources,
    sha256,
)
from underbalance.schemas import lists
from underbalance.schemas.facts import FACTS
from underbalance.tables import read_table

STATES = [("rivalries", "rival"), ("distances", "rival"), ("capabilities", "state")]
STATES += [("disputes", "opponent")]
REGISTER = pd.DataFrame(
    [
        ("a", "one", 1990, 2000, "TWN;ISL", "", ""),
        ("a", "two", 2005, 2006, "", "KOR=2006;MNE=2007", ""),
        ("b", "one", 1980, 2020, "", "GBR=2005-2018;HRV=2013", ""),
        ("d", "one", 2015, 2019, "", "", "2017;2018"),
    ],
    columns=[
        "table",
        "source",
        "first_year",
        "last_year",
        "allies_outside",
        "years_by_ally",
        "years_outside",
    ],
)


def covered(iso3: str, years: list[int], source: str | None = None) -> list[bool]:
    year = pd.Series(years, index=range(5, 5 + len(years)))
    found = is_covered(REGISTER, "a", pd.Series(iso3, index=year.index), year, source)
    assert found.index.equals(year.index)
    return found.tolist()


def test_coverage_is_the_closed_span_of_years_of_the_source():
    assert covered("JPN", [1989, 1990, 2000, 2001], "one") == [False, True, True, False]


def test_any_source_of_a_table_covers_it():
    assert covered("JPN", [2000, 2001, 2005]) == [True, False, True]


def test_ally_outside_one_source_may_be_inside_another():
    assert covered("TWN", [1995, 2005]) == [False, True]
    assert covered("TWN", [1995, 2005], "one") == [False, False]


def test_ally_may_begin_later_than_its_source():
    assert covered("KOR", [2005, 2006], "two") == [False, True]
    assert covered("MNE", [2005, 2006], "two") == [False, False]


def test_ally_may_leave_before_the_end_of_its_source():
    years = pd.Series([2004, 2005, 2018, 2019, 2020])
    found = is_covered(REGISTER, "b", pd.Series(["GBR"] * 5), years)
    assert found.tolist() == [False, True, True, False, False]
    others = is_covered(
        REGISTER, "b", pd.Series(["HRV", "HRV", "ITA"]), pd.Series([2012, 2020, 1980])
    )
    assert others.tolist() == [False, True, True]


def test_years_that_the_source_lacks_between_its_first_and_last_are_outside():
    years = pd.Series([2016, 2017, 2018, 2019])
    found = is_covered(REGISTER, "d", pd.Series(["JPN"] * 4), years)
    assert found.tolist() == [True, False, False, True]


def test_unregistered_table_covers_nothing():
    found = is_covered(REGISTER, "c", pd.Series(["JPN"]), pd.Series([1995]))
    assert found.tolist() == [False]


def test_years_of_a_table_span_those_of_all_its_sources():
    assert (first_year_of(REGISTER, "a"), last_year_of(REGISTER, "a")) == (1990, 2006)


def test_every_state_that_a_facts_table_names_is_a_listed_ally_or_rival():
    listed = {*read_allies()["iso3"], *read_rivals()["iso3"]}
    named: dict[str, set[str]] = {
        f"{table} {column}": set(read_table(RAW_FOLDER / f"{table}.csv", FACTS[table]())[column])
        for table, column in STATES
    }
    assert {place: sorted(codes - listed) for place, codes in named.items() if codes - listed} == {}


def test_role_of_a_rival_is_what_the_facts_tables_say():
    allies = set(read_allies()["iso3"])
    roles = read_rivals().groupby("role")["iso3"].agg(set)
    rivalries = read_table(RAW_FOLDER / "rivalries.csv", FACTS["rivalries"]())
    disputes = read_table(RAW_FOLDER / "disputes.csv", FACTS["disputes"]())
    assert set(rivalries["rival"]) - allies == roles["rival"]
    others = set(disputes["opponent"]) - allies
    assert roles["opponent"] == others - roles["rival"] - roles["adversary"]
    # rivals of the USA since 1985 in Thompson, Sakuwa and Suhas (2021) beside the above
    assert roles["adversary"] == {"CUB", "RUS"}


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        (ALLIES_FILE, lists.allies),
        (RIVALS_FILE, lists.rivals),
        (SOURCES_FILE, lists.sources),
        (CODEBOOK_FILE, lists.codebook),
    ],
    ids=lambda part: getattr(part, "__name__", str(part)),
)
def test_shipped_list_passes_its_schema(path, schema):
    assert len(read_table(path, schema()))


def test_lists_are_read_as_text_but_for_codes_and_years(project_copy):
    # a byte-order mark, as Excel writes it, is no part of the first name
    text = ALLIES_FILE.read_text(encoding="utf-8")
    ALLIES_FILE.write_text(text, encoding="utf-8-sig")
    allies = read_allies()
    assert list(allies.columns) == [*lists.allies().columns, "extension"]
    # West Germany's code is Germany's in the list of Gleditsch and Ward
    germany = allies.set_index("iso3").loc["DEU"]
    assert (germany["cow_code"], germany["gw_code"]) == (255, 260)
    assert read_sources()["first_year"].dtype == "int64"
    assert "" in set(read_codebook()["formula"])


@pytest.mark.parametrize("table", sorted(FACTS))
def test_facts_table_is_registered_with_the_hash_of_its_file(table):
    sources = read_sources()
    registered = set(sources.loc[sources["table"] == table, "sha256"])
    assert registered == {sha256(RAW_FOLDER / f"{table}.csv")}


def test_registry_has_no_table_that_is_not_shipped():
    assert set(read_sources()["table"]) == set(FACTS)
    assert {path.stem for path in RAW_FOLDER.glob("*.csv")} == set(FACTS)
