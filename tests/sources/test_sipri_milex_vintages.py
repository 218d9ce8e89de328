import pytest
from underbalance.errors import FaultsError
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.spending_plans import milex_releases
from underbalance.sources.sipri_milex_vintages import parse
from underbalance.tables import check_frame, read_table

HEADER = "series,iso3,country,year,value,font_flag,sipri_notes,currency"
OLDER = "sipri_milex_vintages/sipri_milex_vintages_subset.csv"
LATEST = "sipri_milex/sipri_milex_2025_release_subset.csv"


@pytest.fixture
def parsed(original, allies, tmp_path):
    def parse_cells(older: list[str], latest: list[str]):
        original(OLDER, f"release_year,{HEADER}", *older)
        original(LATEST, HEADER, *latest)
        return parse(tmp_path, allies)

    return parse_cells


def older(release: int, iso3: str, year: int, value: str, currency: str, more: str = ",") -> str:
    return f"{release},lcu_financial_year,{iso3},Name,{year},{value},{more},{currency}"


def latest(iso3: str, year: int, value: str, currency: str, more: str = ",") -> str:
    return f"lcu_financial_year,{iso3},Name,{year},{value},{more},{currency}"


def test_only_the_year_before_a_release_is_first_reported_in_it(parsed):
    table = parsed(
        [older(2017, "JPN", 2015, "5e12", "yen"), older(2017, "JPN", 2016, "5.1e12", "yen")],
        [latest("JPN", year, "5.2e12", "Yen") for year in (2014, 2015, 2016)],
    )
    assert table[["year", "release_year", "local_currency_m"]].to_numpy().tolist() == [
        [2016, 2017, 5_100_000],
        [2016, 2025, 5_200_000],
    ]
    check_frame(table, milex_releases(), "milex_releases")


@pytest.mark.parametrize(
    ("value", "currency"), [("4969.3", "b. yen"), ("4969300", "m. yen"), ("4969300000000", "Yen")]
)
def test_billions_millions_and_single_units_become_millions(parsed, value, currency):
    table = parsed([older(2016, "JPN", 2015, value, currency)], [])
    assert table["local_currency_m"].tolist() == [pytest.approx(4_969_300)]
    assert table["currency"].tolist() == ["JPY"]


def test_dollars_and_kroner_are_told_apart_by_the_ally(parsed):
    table = parsed(
        [
            older(2016, iso3, 2015, "3e4", currency)
            for iso3, currency in [
                ("AUS", "m. dollars"),
                ("CAN", "m. dollars"),
                ("DNK", "m. kroner"),
                ("NOR", "m. kroner"),
                ("SWE", "m. kronor"),
            ]
        ],
        [],
    )
    assert table["currency"].tolist() == ["AUD", "CAD", "DKK", "NOK", "SEK"]


def test_croatia_is_in_euro_from_the_release_of_2024_whatever_its_label_says(parsed):
    table = parsed(
        [older(2023, "HRV", 2022, "9373e6", "Kunas"), older(2024, "HRV", 2023, "1332e6", "Kunas")],
        [latest("HRV", 2022, "1219e6", "Kunas")],
    )
    assert table[["year", "release_year", "currency"]].to_numpy().tolist() == [
        [2022, 2023, "HRK"],
        [2022, 2025, "EUR"],
        [2023, 2024, "EUR"],
    ]


def test_currency_that_is_not_known_is_a_fault_and_not_an_empty_code(parsed):
    with pytest.raises(FaultsError, match=r"'m\. doubloons'"):
        parsed([older(2016, "JPN", 2015, "1", "m. doubloons")], [])


def test_colour_and_budget_mark_stay_with_their_release(parsed):
    table = parsed(
        [older(2016, "THA", 2015, "207", "b. baht", "blue_estimate,")],
        [latest("THA", 2015, "192949e6", "Baht", ",§")],
    )
    assert table["quality"].tolist() == ["estimate", ""]
    assert table["adopted_budget"].tolist() == [False, True]


def test_other_series_and_states_that_are_no_allies_are_left_out(parsed):
    table = parsed(
        ["2016,share_gdp,JPN,Japan,2015,0.01,,,", older(2016, "CHN", 2015, "1", "b. yuan")], []
    )
    assert table.empty


@pytest.fixture
def shipped(project):
    table = read_table(RAW_FOLDER / "milex_releases.csv", milex_releases())
    return table.set_index(["iso3", "year", "release_year"])


def test_every_case_has_its_first_and_its_latest_figure(shipped):
    per_case = shipped.groupby(["iso3", "year"]).size()
    assert set(per_case) == {2}


@pytest.mark.parametrize(
    ("iso3", "year", "release", "currency", "millions"),
    [
        # release of 2020: 5,200.4 billion yen in single units
        ("JPN", 2019, 2020, "JPY", 5_200_400),
        # release of 2016: "b. yen" 4,969.3
        ("JPN", 2015, 2016, "JPY", 4_969_300),
        # Croatia 2015 in euro, at 7.53450 the 6,057 million kuna of NATO's edition of 2022
        ("HRV", 2015, 2025, "EUR", 803.9),
        # the same in NATO's edition of June 2024
        ("HUN", 2022, 2025, "HUF", 1_212_914),
    ],
)
def test_shipped_figures_are_those_of_the_releases(
    shipped, iso3, year, release, currency, millions
):
    row = shipped.loc[(iso3, year, release)]
    assert row["currency"] == currency
    assert row["local_currency_m"] == pytest.approx(millions, rel=1e-3)


def test_no_figure_moves_threefold_but_for_a_new_currency(shipped):
    wide = shipped.reset_index().groupby(["iso3", "year"])
    ratio = wide["local_currency_m"].last() / wide["local_currency_m"].first()
    same = wide["currency"].nunique() == 1
    assert ratio[same].between(1 / 3, 3).all()
    assert set(ratio[~same].index.get_level_values("iso3")) == {"HRV"}
