"""With real data: an extension changes the codes of nobody but its ally."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from underbalance.clean.country_years import Plan, country_years
from underbalance.clean.leaders import merge_spells
from underbalance.clean.legal import adjudicate
from underbalance.coding.obstacles import code_ally_years
from underbalance.config import read_codings, read_groups
from underbalance.extensions import extension_of, raw_files, with_in_force
from underbalance.registry import read_allies, read_sources
from underbalance.samples import members_of, resolve_reference
from underbalance.schemas.columns import listed_codes
from underbalance.schemas.facts import FACTS
from underbalance.stages import read_facts, read_shipped


def coded(*extensions: str) -> pd.DataFrame:
    with with_in_force(extensions):
        paths = [str(path) for name in FACTS for path in raw_files(name)]
        facts, allies, groups = read_facts(paths), read_allies(), read_groups()
        facts["legal"] = adjudicate(facts["legal_constraints"])[0]
        members = members_of("core", groups, allies)
        plan = Plan(allies, read_sources(), 1985, 2025, members, (1990, 2023), 5)
        shipped = read_shipped(paths)["leaders"]
        spells, _ = merge_spells(facts["leaders"], allies, shipped)
        codings = read_codings()
        references = {
            name: resolve_reference(coding.reference, groups, allies)
            for name, coding in codings.items()
            if coding.reference
        }
        years, _ = country_years(facts, plan)
        return code_ally_years(years, spells, codings, references)[0].set_index(["iso3", "year"])


@pytest.fixture(scope="module")
def shipped():
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(__file__.rpartition("/tests/")[0])
        return coded()


def test_partner_counts_since_its_tie_and_no_code_changes(shipped, extension):
    extension("SWE", ally="", tie="partner,1994-05-09,,day,1")
    found = coded("SWE")
    partner = found.loc["SWE"]
    assert partner["is_ally"].loc[1994:].all()
    assert not partner["is_ally"].loc[:1993].any()
    assert set(partner["commitment"].loc[1994:2023]) == {"tie:partner"}
    changed = ["is_ally", "commitment"]
    pd.testing.assert_frame_equal(found.drop(columns=changed), shipped.drop(columns=changed))
    others = found.drop(index="SWE", level="iso3")
    pd.testing.assert_frame_equal(others, shipped.drop(index="SWE", level="iso3"))
    pd.testing.assert_frame_equal(partner.loc[2024:], shipped.loc["SWE"].loc[2024:])


def test_ally_that_only_an_extension_lists_changes_no_code(shipped, extension):
    extension(
        tie="MNNA,1987-01-01,,year,1",
        milex=["2000,0.03,,5000,,0,0,0"],
        ratification=["3"],
        leaders=["whogov,Hosni Mubarak,1981-10-14,2024-02-11,0,NDP,1981,2023"],
    )
    found = coded("EGY")
    assert found.loc["EGY"]["is_ally"].loc[1987:].all()
    assert not found.loc["EGY"]["in_reference"].any()
    pd.testing.assert_frame_equal(found.drop(index="EGY", level="iso3"), shipped)


EXAMPLE = Path(__file__).parents[1] / "docs/examples/egypt"
# what add-ally writes of tables that are shipped for all allies: a line, and no file
OF_SHIPPED = ("us_rivalries", "missile_launches")
THREAT = ("threat", "rivalries", "rival_capabilities", "us_rival_capabilities", "gpr")


@pytest.fixture(scope="module")
def egypt(tmp_path_factory) -> tuple[Path, pd.DataFrame]:
    """The whole example of Egypt as an extension, and what is coded with it."""
    root = tmp_path_factory.mktemp("egypt")
    project = EXAMPLE.parents[2]
    shutil.copytree(project / "config", root / "config")
    (root / "data/raw").mkdir(parents=True)
    for path in (project / "data/raw").glob("*.*"):
        (root / "data/raw" / path.name).symlink_to(path)
    folder = shutil.copytree(EXAMPLE, root / "data/raw/extensions/EGY")
    header = (project / "config/allies.csv").read_text().splitlines()[0]
    (folder / "allies.csv").write_text(f"{header}\nEGY,Egypt,middle_east,651,651,\n")
    registry = pd.read_csv(project / "config/sources.csv", dtype="str", keep_default_na=False)
    spoken_of = registry[registry["table"].isin(OF_SHIPPED)].assign(sha256="")
    lines = spoken_of.to_csv(index=False, header=False)
    (folder / "sources.csv").write_text((folder / "sources.csv").read_text() + lines)
    # a listed ally's list has no row of its own
    other = root / "data/raw/extensions/FIN"
    other.mkdir()
    (other / "allies.csv").write_text(f"# FIN is listed\n{header}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        listed_codes.cache_clear()
        found = coded("EGY", "FIN")
        with with_in_force(["EGY", "FIN"]):
            files = [path for name in FACTS for path in raw_files(name) if extension_of(path)]
    listed_codes.cache_clear()
    # a table of the example that is not read would prove nothing
    tables = {path.name for path in EXAMPLE.glob("*.csv")} - {"rivals.csv", "sources.csv"}
    assert {path.name for path in files} == tables
    return folder, found


def test_all_tables_of_egypt_with_rivals_of_its_own_change_no_code(shipped, egypt):
    _, found = egypt
    pd.testing.assert_frame_equal(found.drop(index="EGY", level="iso3"), shipped)


def test_egypt_has_a_threat_in_the_years_that_the_sources_cover(egypt):
    years = egypt[1].loc["EGY", list(THREAT)]
    assert years.loc[1987:2020].notna().all().all()
    # the list of rivalries ends
    assert years.loc[2021:, "threat"].isna().all()


def test_capabilities_of_the_rivals_of_egypt_are_those_computed_by_hand(egypt):
    """2005: Israel and Sudan adjoin, Iran is 1088.315 km away; CINC of the release.

    0.0040720138^0.862216 + 0.0025594924^0.862216 + 0.012871047^0.936187, where the exponents
    are log10(10 - e) and log10(1088.315 / 1.609344 / 500 + 10 - e).
    """
    of_year = egypt[1].loc[("EGY", 2005)]
    assert of_year["rivalries"] == 3
    assert of_year["rival_capabilities"] == pytest.approx(0.00869154 + 0.00582401 + 0.01698938)
