"""Facts of the committed table are checked against public sources named in each test."""

import pandas as pd
import pytest
from underbalance.errors import FaultsError
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.governments import cabinets as schema
from underbalance.sources.parlgov import parse
from underbalance.tables import check_frame, read_table

HEADER = (
    "country_name_short,election_date,start_date,cabinet_name,caretaker,cabinet_party,"
    "prime_minister,seats,election_seats_total,party_name_english,left_right,cabinet_id,party_id"
)


def rows(start, name, cabinet_id, *parties, iso3="ITA", election="1994-03-27", total=100, care=0):
    """Lines of one cabinet; a party is (in cabinet, prime minister, seats, name, position)."""
    return [
        f"{iso3},{election},{start},{name},{care},{inside},{leads},{seats},{total},{party},{position},"
        f"{cabinet_id},{number}"
        for number, (inside, leads, seats, party, position) in enumerate(parties)
    ]


A, B, OPPOSITION = (1, 1, 30, "A", 2), (1, 0, 10, "B", 6), (0, 0, 60, "C", 9)
NOBODY = (1, 1, 0, "Prime minister", "")


@pytest.fixture
def parsed(original, allies):
    def parse_cabinets(*cabinets: list[str]) -> pd.DataFrame:
        lines = [line for cabinet in cabinets for line in cabinet]
        table = parse(original("view_cabinet.csv", HEADER, *lines), allies)
        return check_frame(table, schema(), "cabinets")

    return parse_cabinets


def test_share_and_position_are_those_of_the_governing_parties_by_seats(parsed):
    cabinet = parsed(rows("1994-05-11", "A I", 1, A, B, OPPOSITION)).iloc[0]
    assert (cabinet["parties"], cabinet["seats_government"], cabinet["seats_total"]) == (2, 40, 100)
    assert cabinet["seat_share"] == 0.4
    assert cabinet["minority"]
    assert cabinet["left_right"] == pytest.approx((30 * 2 + 10 * 6) / 40)
    assert cabinet["left_right_pm"] == 2


def test_half_of_the_seats_is_no_minority(parsed):
    half = (1, 1, 50, "A", 2), (0, 0, 50, "C", 9)
    assert parsed(rows("1994-05-11", "A", 1, *half))["minority"].tolist() == [False]


def test_cabinet_ends_the_day_before_the_next_of_the_same_ally_and_the_last_is_open(parsed):
    table = parsed(
        rows("1995-01-17", "Dini I", 2, A, OPPOSITION),
        rows("1994-05-11", "Berlusconi I", 1, A, OPPOSITION),
        rows("1994-06-30", "Murayama", 3, A, OPPOSITION, iso3="JPN"),
    )
    assert table[["cabinet", "end"]].to_dict("split")["data"] == [
        ["Berlusconi I", "1995-01-16"],
        ["Dini I", ""],
        ["Murayama", ""],
    ]


@pytest.mark.parametrize(
    ("cabinet", "leader"),
    [("Dini II ", "Dini"), ("Papandreou A IV", "Papandreou A"), ("Fukuda Y", "Fukuda Y")],
)
def test_prime_minister_is_the_name_without_its_numeral(parsed, cabinet, leader):
    assert parsed(rows("1994-05-11", cabinet, 1, A, OPPOSITION))["prime_minister"].item() == leader


def test_ministers_of_no_party_are_no_party_and_have_no_seats_of_the_government(parsed):
    independents = (1, 0, 5, "no party affiliation", "")
    mixed, partless = parsed(
        rows("1994-05-11", "A", 1, A, independents, OPPOSITION),
        rows("1995-01-17", "Dini I", 2, NOBODY, OPPOSITION, care=1),
    ).to_dict("records")
    assert (mixed["parties"], mixed["seats_government"], mixed["left_right"]) == (1, 30, 2)
    assert (partless["parties"], partless["seats_government"]) == (0, 0)
    assert pd.isna(partless["seat_share"])
    assert pd.isna(partless["minority"])


def test_position_is_missing_when_most_of_the_government_has_none(parsed):
    # the Five Star Movement, 227 of the 351 seats of Conte I, has no position in ParlGov
    star = (1, 0, 65, "Five Star Movement", "")
    cabinet = parsed(rows("2018-06-01", "Conte I", 1, A, star, (0, 0, 5, "C", 9))).iloc[0]
    assert pd.isna(cabinet["left_right"])
    assert cabinet["seat_share"] == 0.95


def test_japans_proportional_seats_of_2021_are_marked_and_give_no_share(parsed):
    # SOURCE.yaml: 176 proportional seats instead of the 465 of the House
    ldp, rest = (1, 1, 72, "Liberal Democratic Party", 8), (0, 0, 104, "C", 4)
    japan = {"iso3": "JPN", "election": "2021-10-31"}
    wrong = parsed(rows("2021-11-10", "Kishida II", 1, ldp, rest, total=176, **japan)).iloc[0]
    assert wrong["seats_doubtful"]
    assert wrong[["seat_share", "minority", "left_right"]].isna().all()
    assert (wrong["seats_government"], wrong["left_right_pm"]) == (72, 8)
    mended = parsed(rows("2021-11-10", "Kishida II", 1, ldp, rest, total=465, **japan)).iloc[0]
    assert not mended["seats_doubtful"]
    assert mended["seat_share"] == pytest.approx(72 / 465)


def test_prime_ministers_party_without_seats_makes_the_seats_doubtful(parsed):
    # Hungary 2022: a label without seats governs, and Fidesz with all of them is in opposition
    label, partner = (1, 1, 0, "Fidesz/KDNP", 6.5), (1, 0, 18, "KDNP", 7.4)
    cabinet = parsed(rows("2022-05-16", "Orban V", 1, label, partner, OPPOSITION)).iloc[0]
    assert cabinet["seats_doubtful"]
    assert cabinet[["seat_share", "minority", "left_right"]].isna().all()


def test_share_is_of_all_parties_seats_where_the_total_leaves_some_out(parsed):
    # France 1981: 491 deputies, but a total of 474 without those from overseas
    cabinet = parsed(rows("1994-05-11", "A", 1, A, (0, 0, 90, "C", 9))).iloc[0]
    assert (cabinet["seats_total"], cabinet["seats_parties"]) == (100, 120)
    assert cabinet["seat_share"] == 30 / 120


def test_repeated_rows_count_once(parsed):
    once = rows("1994-05-11", "A", 1, A, OPPOSITION)
    assert parsed(once + once)["seats_parties"].tolist() == [90]


def test_cabinets_of_before_1980_and_of_other_countries_are_left_out(parsed):
    table = parsed(
        rows("1972-01-01", "Old", 1, A, OPPOSITION),
        rows("1979-08-04", "In office in 1980", 2, A, OPPOSITION),
        rows("1994-05-11", "New", 3, A, OPPOSITION),
        rows("1994-05-11", "Swiss", 4, A, OPPOSITION, iso3="CHE"),
    )
    assert table["cabinet"].tolist() == ["In office in 1980", "New"]


def test_missing_column_is_named(original, allies):
    folder = original("view_cabinet.csv", HEADER.replace("caretaker,", ""), "x")
    with pytest.raises(FaultsError, match="column caretaker"):
        parse(folder, allies)


# --- the committed table against public facts ---------------------------------------------


@pytest.fixture
def committed() -> pd.DataFrame:
    return read_table(RAW_FOLDER / "cabinets.csv", schema())


def test_italys_cabinets_from_1994_to_1996(committed):
    # Italian government, "I Governi nelle Legislature" (governo.it): Berlusconi I sworn in on
    # 10 May 1994, Dini on 17 January 1995, Prodi I on 17 May 1996. ParlGov dates the first
    # and the last a day later and counts Dini after his resignation of January 1996 anew.
    italy = committed[(committed["iso3"] == "ITA") & committed["start"].between("1994", "1997")]
    assert italy[["cabinet", "start", "caretaker"]].to_dict("split")["data"] == [
        ["Berlusconi I", "1994-05-11", False],
        ["Dini I", "1995-01-17", True],
        ["Dini II", "1996-01-11", True],
        ["Prodi I", "1996-05-18", False],
    ]
    assert italy["parties"].tolist() == [5, 0, 0, 4]


def test_belgium_had_a_caretaker_for_541_days(committed):
    # Guinness World Records, "longest time without a government in peacetime": 541 days
    # from the election of 13 June 2010 to the oath of Di Rupo on 6 December 2011
    cabinet = committed[(committed["iso3"] == "BEL") & (committed["cabinet"] == "Leterme III")]
    start, end = pd.to_datetime(cabinet["start"].item()), pd.to_datetime(cabinet["end"].item())
    assert (start, cabinet["caretaker"].item()) == (pd.Timestamp("2010-06-13"), True)
    assert (end - start).days + 1 == 541


def test_denmark_is_governed_by_minorities(committed):
    # Folketing, "Governments since 1848" (ft.dk): minority governments since 1982, but for
    # Nyrup Rasmussen I of 1993 and Frederiksen II of 2022; those two have 89 of 179 seats and
    # a majority only with members from the Faroe Islands and Greenland, whom ParlGov leaves out
    denmark = committed[(committed["iso3"] == "DNK") & (committed["start"] >= "1980")]
    assert denmark["minority"].all()
    nearly = denmark[denmark["seat_share"] > 0.45]
    assert nearly["cabinet"].tolist() == ["Rasmussen N I", "Frederiksen II"]
    assert nearly["seats_government"].tolist() == [89, 89]


def test_japans_coalition_of_30_june_1994(committed):
    # Prime Minister of Japan and his Cabinet (kantei.go.jp): Murayama, 30 June 1994, of the
    # Liberal Democratic Party, the Social Democratic Party and New Party Sakigake
    japan = committed[(committed["iso3"] == "JPN") & (committed["start"] == "1994-06-30")].iloc[0]
    assert (japan["cabinet"], japan["parties"], japan["end"]) == ("Murayama", 3, "1996-01-10")
    # the socialist prime minister stands left of his government
    assert japan["left_right_pm"] < 4 < japan["left_right"]


def test_doubtful_seats_are_the_three_known_cases(committed):
    doubtful = committed[committed["seats_doubtful"].astype(bool)]
    assert doubtful[["iso3", "cabinet"]].to_dict("split")["data"] == [
        ["HUN", "Orban V"],
        ["JPN", "Kishida II"],
        ["POL", "Bielecki"],
    ]


def test_no_house_shrinks_but_by_known_reforms(committed):
    # Hungary 386 → 199 (2014), Italy 630 → 400 (2022), Latvia 201 → 100 (1993)
    before = committed.groupby("iso3")["seats_total"].shift()
    shrunk = committed[(committed["seats_total"] < 0.7 * before) & ~committed["seats_doubtful"]]
    assert list(zip(shrunk["iso3"], shrunk["start"].str[:4], strict=True)) == [
        ("HUN", "2014"),
        ("ITA", "2022"),
        ("LVA", "1993"),
    ]
