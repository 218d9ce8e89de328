"""The extension that add-ally writes."""

from pathlib import Path

import pandas as pd
import pytest
from underbalance.add_ally import folder as folders
from underbalance.add_ally.templates import BY_HAND
from underbalance.extensions import EXTENSIONS_FOLDER as EXTENSIONS
from underbalance.extensions import has_rows, with_in_force
from underbalance.schemas import lists
from underbalance.schemas.columns import listed_codes
from underbalance.schemas.facts import FACTS
from underbalance.tables import read_table

ROOT = Path(__file__).parents[2]

EXAMPLE = ROOT / "docs/examples/egypt"
TRADE = ROOT / "docs/examples/us_trade_with_egypt.csv"
MAP = ("iso3=Country", "year=Year", "imports_usd_m=US imports", "exports_usd_m=US exports")


def files(iso3: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (EXTENSIONS / iso3).iterdir()}


def table(iso3: str, name: str) -> list[dict]:
    path = EXTENSIONS / iso3 / f"{name}.csv"
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    header, *rows = [line.split(",") for line in lines]
    return [dict(zip(header, row, strict=False)) for row in rows]


def test_new_ally_has_a_line_its_tie_and_templates(egypt):
    result = egypt()
    assert result.exit_code == 0, result.output
    assert table("EGY", "allies") == [
        {
            "iso3": "EGY",
            "name": "Egypt",
            "region": "middle_east",
            "cow_code": "651",
            "gw_code": "651",
            "independent_since": "",
        }
    ]
    (tie,) = table("EGY", "alliance")
    assert (tie["start"], tie["date_precision"], tie["date_verified"]) == (
        "1987-01-01",
        "year",
        "0",
    )
    expected = {f"{name}.csv" for name in ("allies", "alliance", "sources", *BY_HAND)}
    assert set(files("EGY")) == expected


@pytest.mark.parametrize("name", BY_HAND)
def test_template_has_no_row_and_says_what_each_column_is(egypt, name):
    egypt()
    path = EXTENSIONS / "EGY" / f"{name}.csv"
    assert not has_rows(path)
    lines = path.read_text().splitlines()
    columns = list(FACTS[name]().columns)
    assert lines[-1] == ",".join(columns)
    for column in columns:
        assert any(line.startswith(f"# {column}: ") for line in lines)


def test_template_that_was_filled_is_left_alone(egypt, add):
    egypt()
    path = EXTENSIONS / "EGY/legal_constraints.csv"
    path.write_text(path.read_text() + "EGY,fiscal_rule,a,0,1990-01-01,2025-12-31,x,y,low,\n")
    filled = path.read_bytes()
    assert add("EGY", "--template", "legal_constraints", "--replace").exit_code == 0
    assert path.read_bytes() == filled


def test_coding_of_ones_own_is_one_source_whatever_documents_its_rows_name(egypt):
    coded = EXAMPLE / "legal_constraints.csv"
    cited = ("--citation", "Coder, A. and Coder, B. 2026. Legal limits of Egypt.")
    result = egypt("--from-csv", f"legal_constraints={coded}", *cited)
    assert result.exit_code == 0, result.output
    lines = [row for row in table("EGY", "sources") if row["table"] == "legal_constraints"]
    assert [line["source"] for line in lines] == ["own_egy"]
    assert len(pd.read_csv(coded)["source"].unique()) > 1


def test_template_of_any_table_on_request(egypt):
    egypt("--template", "milex")
    assert "# share_gdp: " in (EXTENSIONS / "EGY/milex.csv").read_text()


@pytest.mark.parametrize(
    ("iso3", "since", "until", "alliance"),
    [
        ("SWE", "1994-05-09", "2024-03-06", "partner"),
        ("FIN", "1994-05-09", "2023-04-03", "partner"),
    ],
)
def test_listed_partner_gets_the_tie_only(add, iso3, since, until, alliance):
    result = add(iso3, "--since", since, "--until", until, "--alliance", alliance)
    assert result.exit_code == 0, result.output
    assert set(files(iso3)) == {"alliance.csv", "sources.csv"}
    (tie,) = table(iso3, "alliance")
    assert (tie["start"], tie["end"], tie["date_precision"]) == (since, until, "day")


@pytest.mark.parametrize(
    ("iso3", "since", "alliance"),
    [
        ("ISR", "1987", "MNNA"),
        ("TWN", "2002-09-30", "MNNA_equivalent"),
        ("SWE", "2024-03-07", "NATO"),
    ],
)
def test_tie_that_is_shipped_already_is_taken_as_it_stands_there(add, iso3, since, alliance):
    result = add(iso3, "--since", since, "--alliance", alliance)
    assert result.exit_code == 0, result.output
    (row,) = (EXTENSIONS / iso3 / "alliance.csv").read_text().splitlines()[1:]
    assert row in (ROOT / "data/raw/alliance.csv").read_text().splitlines()


def test_report_says_how_many_shipped_rows_there_are_since_the_tie(add):
    result = add("SWE", "--since", "2020", "--alliance", "partner")
    milex = pd.read_csv("data/raw/milex.csv").query("iso3 == 'SWE' and year >= 2020")
    assert f"milex\tshipped\t{len(milex)}\t2020 to {milex['year'].max()}\t" in result.output


def test_report_names_what_needs_a_table(egypt):
    lines = dict(line.split("\t", 1) for line in egypt().output.splitlines() if "\t" in line)
    assert set(lines) == {"table", *FACTS}
    assert "economic obstacle" in lines["economy"]
    assert "outcome delivery" in lines["deals"]
    assert lines["legal_constraints"].startswith("template to fill")


def test_extension_of_the_example_is_sound_when_it_is_in_force(egypt, add):
    assert egypt("--from-folder", str(EXAMPLE)).exit_code == 0
    maps = [part for pair in MAP for part in ("--column", pair)]
    trade = ("--from-csv", f"us_trade={TRADE}", "--citation", "US Census Bureau. 2023. Trade.")
    result = add("EGY", *trade, *maps)
    assert result.exit_code == 0, result.output
    assert "columns of the file that are not used: Balance" in result.output
    folder = EXTENSIONS / "EGY"
    read_table(folder / "sources.csv", lists.sources(), comments=True)
    with with_in_force(["EGY"]):
        listed_codes.cache_clear()
        for name in FACTS:
            path = folder / f"{name}.csv"
            if path.is_file() and has_rows(path):
                assert len(read_table(path, FACTS[name](), comments=True))
    (year,) = [row for row in table("EGY", "us_trade") if row["year"] == "1985"]
    assert (float(year["imports_usd_m"]), float(year["exports_usd_m"])) == (79.1, 2322.6)


def test_source_covers_the_years_of_the_ally_or_those_of_the_source(egypt):
    egypt("--from-folder", str(EXAMPLE))
    rows = pd.read_csv(EXTENSIONS / "EGY/sources.csv", comment="#").set_index(["table", "source"])
    years = rows[["first_year", "last_year"]]
    assert years.loc["milex", "sipri_milex"].tolist() == [1998, 2024]
    # a year without an exercise is one without an exercise
    assert years.loc["exercises", "multinational_military_exercises"].tolist() == [1985, 2010]
    # the rows are in the shipped table, as of a rival
    assert years.loc["capabilities", "cow_nmc"].tolist() == [1985, 2022]


def test_file_that_is_there_is_overwritten_only_when_told(egypt, add):
    egypt()
    before = files("EGY")
    other = ("EGY", "--since", "1989", "--alliance", "MNNA")
    refused = add(*other)
    assert refused.exit_code == 1
    assert "alliance.csv" in refused.output
    assert "--replace" in refused.output
    assert files("EGY") == before
    assert add(*other, "--replace").exit_code == 0
    assert table("EGY", "alliance")[0]["start"] == "1989-01-01"


def test_same_tie_typed_again_without_the_folder_changes_nothing(egypt):
    egypt("--from-folder", str(EXAMPLE))
    before = files("EGY")
    assert table("EGY", "alliance")[0]["date_verified"] == "1"
    result = egypt()
    assert "has all of this already" in result.output
    assert files("EGY") == before


def test_refusal_says_which_rows_are_there_and_which_would_come(egypt, add):
    egypt()
    place = "data/raw/extensions/EGY"
    result = add("EGY", "--since", "1989", "--alliance", "MNNA", "--region", "europe")
    told = " ".join(result.output.split())
    assert f"{place}/allies.csv row EGY:" in told
    assert "there: region middle_east; in its place: region europe" in told
    assert f"{place}/alliance.csv row EGY MNNA 1987-01-01:" in told
    assert "in its place: no such row" in told
    assert "in its place: EGY, MNNA, 1989-01-01, , year, 0" in told


def test_years_of_a_source_that_were_corrected_are_not_lost(egypt, add):
    egypt("--from-folder", str(EXAMPLE))
    path = EXTENSIONS / "EGY/sources.csv"
    # exercises, whose years are those that the source covers
    lines = path.read_text().splitlines()
    (row,) = [line for line in lines if line.startswith("exercises,")]
    path.write_text(path.read_text().replace(row, row.replace(",1985,", ",1990,")))
    before = files("EGY")
    refused = egypt("--from-folder", str(EXAMPLE))
    assert refused.exit_code == 1
    assert "first_year 1990" in refused.output
    assert files("EGY") == before
    assert add("EGY", "--template", "elections").exit_code == 0
    assert row not in path.read_text()


def test_same_command_again_changes_nothing(egypt):
    egypt("--from-folder", str(EXAMPLE))
    before = files("EGY")
    result = egypt("--from-folder", str(EXAMPLE))
    assert "has all of this already" in result.output
    assert files("EGY") == before


def test_dry_run_writes_nothing(egypt):
    result = egypt("--dry-run")
    assert "would be written" in result.output
    assert not EXTENSIONS.exists()


def test_shipped_tables_stay_as_they_are(egypt):
    egypt("--from-folder", str(EXAMPLE))
    for name in FACTS:
        path = f"data/raw/{name}.csv"
        assert (ROOT / path).read_bytes() == Path(path).read_bytes()


def test_folder_that_cannot_be_written_is_told(egypt, monkeypatch):
    def refuse(self, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(folders.Path, "rename", refuse)
    result = egypt()
    assert result.exit_code == 1
    assert "Permission denied" in result.output
    assert list(EXTENSIONS.iterdir()) == []


def test_failure_on_the_way_leaves_the_old_extension(egypt, add, monkeypatch):
    egypt()
    before = files("EGY")

    def full(self, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders.Path, "write_bytes", full)
    result = add("EGY", "--template", "milex")
    assert "No space left" in result.output
    assert files("EGY") == before
    assert [path.name for path in EXTENSIONS.iterdir()] == ["EGY"]
