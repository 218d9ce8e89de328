"""With real data: an extension changes the codes of nobody but its ally."""

import pandas as pd
import pytest
from underbalance.clean.country_years import Plan, country_years
from underbalance.clean.leaders import merge_spells
from underbalance.clean.legal import adjudicate
from underbalance.coding.obstacles import code_ally_years
from underbalance.config import read_codings, read_groups
from underbalance.extensions import raw_files, with_in_force
from underbalance.registry import read_allies, read_sources
from underbalance.samples import members_of, resolve_reference
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
