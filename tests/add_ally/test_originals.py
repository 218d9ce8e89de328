"""What add-ally makes of the original releases: the same as the files of the example."""

import runpy
from pathlib import Path

import pandas as pd
import pytest
from underbalance.extensions import EXTENSIONS_FOLDER as EXTENSIONS
from underbalance.extensions import has_rows
from underbalance.schemas.facts import FACTS

ROOT = Path(__file__).parents[2]
SOURCES = ROOT.parent / "shared/sources"
EXAMPLES = ROOT / "docs/examples"

pytestmark = pytest.mark.skipif(not SOURCES.is_dir(), reason=f"no original releases in {SOURCES}")


def tables(folder: Path) -> dict[str, bytes]:
    paths = [folder / f"{name}.csv" for name in FACTS]
    return {path.name: path.read_bytes() for path in paths if path.is_file() and has_rows(path)}


def test_rivals_that_no_list_has_are_named_and_egypt_is_made_when_they_are_listed(egypt):
    result = egypt("--sources", str(SOURCES))
    told = " ".join(result.output.split())
    assert "rivalries could not be made" in told
    assert "write them (530, 694) into data/raw/extensions/EGY/rivals.csv" in told
    path = EXTENSIONS / "EGY/rivals.csv"
    assert not has_rows(path)
    rows = (EXAMPLES / "egypt/rivals.csv").read_text().splitlines(keepends=True)[1:]
    path.write_text(path.read_text() + "".join(rows))
    result = egypt("--sources", str(SOURCES), "--replace")
    assert result.exit_code == 0, result.output
    made, example = tables(EXTENSIONS / "EGY"), tables(EXAMPLES / "egypt")
    trade = pd.read_csv(EXTENSIONS / "EGY/us_trade.csv")
    del made["us_trade.csv"]
    del example["legal_constraints.csv"]  # coded by hand
    assert made == example
    sheet = pd.read_csv(EXAMPLES / "us_trade_with_egypt.csv", sep=";", decimal=",")
    assert sheet["Year"].tolist() == trade["year"].tolist()
    assert (sheet["US imports"] - trade["imports_usd_m"]).abs().max() < 0.06


def test_files_of_the_example_are_what_the_command_makes(tmp_path):
    main = runpy.run_path(str(EXAMPLES / "make_egypt.py"))["main"]
    main(SOURCES, tmp_path / "egypt", tmp_path / "trade.csv")
    committed = {path.name: path.read_bytes() for path in (EXAMPLES / "egypt").glob("*.csv")}
    assert {path.name: path.read_bytes() for path in (tmp_path / "egypt").iterdir()} == committed
    trade = (EXAMPLES / "us_trade_with_egypt.csv").read_bytes()
    assert (tmp_path / "trade.csv").read_bytes() == trade


def test_listed_ally_needs_nothing_of_the_releases_that_are_shipped(add):
    tie = ("--since", "1994-05-09", "--until", "2023-04-03", "--alliance", "partner")
    result = add("FIN", *tie, "--sources", str(SOURCES))
    assert result.exit_code == 0, result.output
    assert {path.name for path in (EXTENSIONS / "FIN").iterdir()} == {"alliance.csv", "sources.csv"}


def test_new_european_partner_has_cabinets_and_elections(add):
    who = ("--name", "Austria", "--region", "europe", "--cow-code", "305")
    tie = ("--since", "1995-02-10", "--alliance", "partner")
    result = add("AUT", *who, *tie, "--sources", str(SOURCES))
    assert result.exit_code == 0, result.output
    assert {"cabinets.csv", "elections.csv"} <= set(tables(EXTENSIONS / "AUT"))
    # the register at hand has no order of Austria: not zero orders
    assert "arms_orders was not made" in result.output
    assert not (EXTENSIONS / "AUT/arms_orders.csv").exists()
