"""Mistakes in an extension: told with its file, and it stays as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from bad_input.case import Case, parametrised, snapshot
from bad_input.extension_cases import CATALOGUE
from underbalance.check_extensions import extension_faults
from underbalance.extensions import with_in_force
from underbalance.registry import read_rivals

EXAMPLE = Path("docs/examples/egypt")
TABLES = ("alliance", "capabilities", "rivalries", "rivals", "sources")
ALLY = "iso3,name,region,cow_code,gw_code,independent_since\nEGY,Egypt,middle_east,651,651,\n"


@pytest.fixture
def egypt(project: Path, light_project: Path) -> Path:
    """Return the project with the example of an extension, as far as it is of rivals."""
    folder = light_project / "data/raw/extensions/EGY"
    folder.mkdir(parents=True)
    for name in TABLES:
        shutil.copy2(project / EXAMPLE / f"{name}.csv", folder)
    (folder / "allies.csv").write_text(ALLY)
    return light_project


def listed() -> pd.DataFrame:
    with with_in_force(["EGY"]):
        return read_rivals()


def test_example_is_sound_before_it_is_damaged(egypt):
    assert extension_faults(["EGY"]) == []
    assert {"ETH", "QAT"} < set(listed()["iso3"])


@parametrised(CATALOGUE)
def test_mistake_is_told_or_changes_nothing(case: Case, egypt):
    path = egypt / case.file
    sound, before = path.read_bytes(), listed()
    path.write_bytes(case.damage(sound))
    assert path.read_bytes() != sound, "nothing was damaged"
    untouched = snapshot(egypt)
    found = [f"{fault.file}\n{fault}" for fault in extension_faults(["EGY"])]
    if case.end == "same":
        assert found == []
        pd.testing.assert_frame_equal(listed(), before)
    else:
        assert any(all(part in text for part in case.told) for text in found), found[:5]
    assert snapshot(egypt) == untouched
