"""Newer releases are compared with data/raw, and replace it only when told to."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from underbalance.cli import main
from underbalance.document.documents import write_documents
from underbalance.errors import FaultsError
from underbalance.ingest import accept
from underbalance.refresh import compare, read_text, refresh
from underbalance.registry import RAW_FOLDER, SOURCES_FILE, read_shipped_sources, read_sources
from underbalance.tables import write_table

HEADER = "series,iso3,country,year,value,font_flag,sipri_notes,currency"


@pytest.fixture
def release(project_copy):
    """A project whose data/raw has two years of Albania, and a newer release with three."""
    folder = project_copy / "releases"
    write(folder, {2021: 0.012, 2022: 0.013})
    found = refresh(folder, write=True)
    assert "dropped" in set(found.changes["change"])  # all but two years of one ally
    write(folder, {2022: 0.014, 2025: 0.02})
    return folder


def write(folder: Path, shares: dict[int, float]) -> None:
    """Write a release with the shares of GDP of Albania by year."""
    path = folder / "sipri_milex" / "sipri_milex_2025_release_subset.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"share_gdp,ALB,Albania,{year},{share},,," for year, share in shares.items()]
    constant = [f"constant_2023_usd_m,ALB,Albania,{year},100,,," for year in shares]
    path.write_text("\n".join([HEADER, *lines, *constant]) + "\n", encoding="utf-8")


def state() -> dict[Path, bytes]:
    paths = [*RAW_FOLDER.iterdir(), *SOURCES_FILE.parent.iterdir()]
    return {path: path.read_bytes() for path in paths}


def test_without_accept_the_changes_are_printed_and_nothing_is_replaced(release, tmp_path):
    before = state()
    file = tmp_path / "cells.csv"
    arguments = ["refresh", "--sources", str(release), "--changes", str(file)]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    assert "nothing was replaced" in done.output
    assert "coverage: milex (sipri_milex) to 2025, was 2024" in done.output
    counts = [line.split() for line in done.output.splitlines() if "ALB" in line]
    assert counts == [["milex", "ALB", "6", "1", "6"]]
    assert state() == before
    cells = pd.read_csv(file, dtype="str", keep_default_na=False)
    shares = cells[cells["column"] == "share_gdp"]
    assert shares[["key", "change", "old", "new"]].to_numpy().tolist() == [
        ["ALB 2021", "dropped", "0.012", ""],
        ["ALB 2022", "revised", "0.013", "0.014"],
        ["ALB 2025", "added", "", "0.02"],
    ]


def test_accept_writes_tables_hashes_and_coverage_and_is_then_up_to_date(release):
    done = CliRunner().invoke(main, ["refresh", "--sources", str(release), "--accept"])
    assert done.exit_code == 0, done.output
    assert read_text(RAW_FOLDER / "milex.csv")["year"].tolist() == ["2022", "2025"]
    registry = read_sources().set_index("table")
    assert registry.loc["milex", "last_year"] == 2025
    assert refresh(release, write=False).changes.empty
    assert not write_documents()  # they were renewed, too


def test_tables_whose_release_is_not_there_are_left_alone_and_named(release):
    found = refresh(release, write=False)
    assert found.parsed == ("milex",)
    assert found.absent["deals"] == ["sipri_arms_transfers"]


def test_a_release_that_breaks_a_rule_replaces_nothing(release):
    write(release, {2022: 1.4})  # percent, not a fraction
    before = state()
    done = CliRunner().invoke(main, ["refresh", "--sources", str(release), "--accept"])
    assert done.exit_code == 1
    assert "nothing was replaced" in done.output
    assert "share_gdp" in done.output
    assert state() == before


def test_a_broken_release_does_not_hide_what_the_others_would_change(release):
    broken = release / "us_troop_deployments" / "troopdata_rebuild_long_1980_2025.csv"
    broken.parent.mkdir()
    broken.write_text("iso3c,year\nJPN,2025\n")
    done = CliRunner().invoke(main, ["refresh", "--sources", str(release)])
    assert done.exit_code == 1
    assert "milex  ALB" in done.output
    assert "troopdata_rebuild_long_1980_2025.csv" in done.output
    assert "nothing was replaced" in done.output


def test_year_beyond_the_coverage_of_a_variable_is_remembered(release):
    done = CliRunner().invoke(main, ["refresh", "--sources", str(release), "--accept"])
    assert "variables from milex end in 2024 there, in ally_year" in done.output
    assert "milex (sipri_milex): version is" in done.output


def test_a_release_under_a_name_that_no_parser_knows_is_told(release):
    (release / "sipri_milex" / "milex_2027.csv").write_text("series\n")
    done = CliRunner().invoke(main, ["refresh", "--sources", str(release)])
    assert "no parser asked for: sipri_milex/milex_2027.csv\n" in done.output


def test_a_folder_without_releases_is_told_with_the_names_it_should_have(project_copy):
    with pytest.raises(FaultsError, match="one folder per source"):
        refresh(project_copy / "config", write=False)


def test_deals_are_compared_by_what_they_are_and_not_by_their_row_number(project_copy):
    deals = read_text(RAW_FOLDER / "deals.csv").head(20)
    write_table(deals, RAW_FOLDER / "deals.csv")
    renumbered = deals.assign(deal_id=(deals["deal_id"].astype(int) + 7).astype("str"))
    assert compare({"deals": renumbered}).empty
    revised = renumbered.assign(number_delivered=renumbered["number_delivered"].replace("0", "1"))
    assert set(compare({"deals": revised})["column"]) == {"number_delivered"}


def test_accepted_tables_are_held_to_the_registry_given(release):
    staged = release / "milex.csv"
    shutil.copyfile(RAW_FOLDER / "milex.csv", staged)
    before = state()
    with pytest.raises(FaultsError, match="coverage of the source"):
        accept([staged], registered=read_shipped_sources().assign(last_year=2021))
    assert state() == before
