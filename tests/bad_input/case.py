"""A case of the catalogue: a sound file, what befalls it, and what the user is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pytest
from bad_input.damage import Damage
from underbalance import config, registry
from underbalance.check import check_inputs
from underbalance.check_facts import facts_faults
from underbalance.errors import Fault, FaultsError
from underbalance.families import FAMILIES_FILE
from underbalance.own.definitions import OUTCOMES_FILE, VARIABLES_FILE, read_own
from underbalance.present.table_style import STYLES_FILE, read_styles
from underbalance.schemas import lists
from underbalance.schemas.columns import listed_codes
from underbalance.schemas.facts import FACTS
from underbalance.specifications import read_models
from underbalance.tables import read_table

# which part of the check of a run reads a file of config/
READERS: dict[str, Callable[[], Any]] = {
    config.CONFIG_FILE.as_posix(): config.read_config,
    config.GROUPS_FILE.as_posix(): config.read_groups,
    config.CODINGS_FILE.as_posix(): config.read_codings,
    config.MODELS_FILE.as_posix(): read_models,
    config.CASES_FILE.as_posix(): config.read_cases,
    STYLES_FILE.as_posix(): read_styles,
    VARIABLES_FILE.as_posix(): read_own,
    OUTCOMES_FILE.as_posix(): read_own,
    **{
        path.as_posix(): lambda path=path, schema=schema: read_table(path, schema())
        for path, schema in (
            (registry.ALLIES_FILE, lists.allies),
            (registry.RIVALS_FILE, lists.rivals),
            (registry.SOURCES_FILE, lists.sources),
            (registry.CODEBOOK_FILE, lists.codebook),
            (registry.EXPECTATIONS_FILE, lists.expectations),
            (FAMILIES_FILE, lists.system_families),
        )
    },
}


@dataclass(frozen=True)
class Case:
    """One mistake.

    Parameters
    ----------
    name : what was done, in a few words.
    file : within the project.
    damage : what makes the faulty file of the sound one.
    told : what the message of one fault has to say, each part of it literally.
    end : ``refused`` with such a fault, ``noted`` with such a note and nothing else, or
        ``same``: read as if nothing had happened.
    whole : only the check of the whole project sees it (``lists``: without the facts tables).
    """

    name: str
    file: str
    damage: Damage
    told: Sequence[str] = ()
    end: Literal["refused", "noted", "same"] = "refused"
    whole: Literal["", "lists", "facts"] = ""

    @property
    def id(self) -> str:
        return f"{Path(self.file).name}: {self.name}"


def parametrised(cases: Sequence[Case]) -> pytest.MarkDecorator:
    """Make a test of each case."""
    return pytest.mark.parametrize("case", cases, ids=[case.id for case in cases])


def hold(case: Case, project: Path) -> None:
    """Do the damage and demand the end of a case; no other file may change."""
    path = project / case.file
    sound = path.read_bytes()
    before = None if case.whole else read(case.file)
    damaged = case.damage(sound)
    assert damaged != sound, "nothing was damaged"
    path.unlink()  # it may be a link to the shipped file
    path.write_bytes(damaged)
    listed_codes.cache_clear()
    untouched = snapshot(project)
    if case.end == "same":
        pd.testing.assert_frame_equal(read(case.file), before) if isinstance(
            before, pd.DataFrame
        ) else _equal(read(case.file), before)
    elif case.end == "noted":
        notes = check_inputs()
        assert any(all(part in note for part in case.told) for note in notes), notes
    else:
        found = faults(case)
        assert all(fault.rule and fault.allowed and fault.mend for fault in found)
        texts = [f"{fault.file}\n{fault}" for fault in found]
        wanted = [case.file, *case.told] if not case.whole else case.told
        assert any(all(part in text for part in wanted) for text in texts), texts[:5]
    assert snapshot(project) == untouched


def read(file: str) -> Any:
    """Read a file of the project as the check of a run does."""
    if file in READERS:
        return READERS[file]()
    name = Path(file).stem
    raise_faults(facts_faults(name, Path(file), registry.read_sources()))
    return read_table(Path(file), FACTS[name]())


def faults(case: Case) -> tuple[Fault, ...]:
    with pytest.raises(FaultsError) as error:
        check_inputs(with_facts=case.whole == "facts") if case.whole else read(case.file)
    return error.value.faults


def raise_faults(found: Sequence[Fault]) -> None:
    if found:
        raise FaultsError(found)


def snapshot(project: Path) -> dict[str, tuple[int, int]]:
    """Return every file and link with its size and the time of its last change."""
    return {
        path.relative_to(project).as_posix(): (path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in sorted(project.rglob("*"))
    }


def _equal(found: object, wanted: object) -> None:
    assert found == wanted
