import shutil
from pathlib import Path

import pytest
from underbalance.errors import FaultsError
from underbalance.ingest import accept
from underbalance.registry import RAW_FOLDER, SOURCES_FILE, read_sources, sha256
from underbalance.schemas import lists
from underbalance.tables import read_table


@pytest.fixture
def staged(project_copy):
    """Return a function that stages a changed facts table."""

    def stage(name: str, old: str, new: str) -> Path:
        text = (RAW_FOLDER / f"{name}.csv").read_text(encoding="utf-8")
        assert text.count(old) == 1
        path = project_copy / "data" / "staged" / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    return stage


def everything() -> dict[Path, bytes]:
    paths = [*RAW_FOLDER.iterdir(), *SOURCES_FILE.parent.iterdir()]
    return {path: path.read_bytes() for path in paths}


def test_accepted_table_replaces_the_shipped_one_and_its_hash_goes_to_every_row(staged):
    before = read_sources()
    path = staged("elections", "JPN,1990-02-18,ppeg,2.", "JPN,1990-02-18,ppeg,3.")
    content, hashed = path.read_bytes(), sha256(path)
    assert accept([path]) == {"elections": hashed}
    assert (RAW_FOLDER / "elections.csv").read_bytes() == content
    assert not path.exists()  # nothing stays staged to be taken for a newer release
    after = read_sources()
    renewed = after["table"] == "elections"
    assert renewed.sum() == 2  # two sources feed it
    assert set(after.loc[renewed, "sha256"]) == {hashed}
    unchanged = [column for column in after if column != "sha256"]
    assert after[unchanged].equals(before[unchanged])
    assert after.loc[~renewed, "sha256"].equals(before.loc[~renewed, "sha256"])
    read_table(SOURCES_FILE, lists.sources())


def test_broken_table_leaves_data_and_registry_as_they_were(staged):
    sound = staged("elections", "JPN,1990-02-18,ppeg,2.", "JPN,1990-02-18,ppeg,3.")
    broken = staged("us_troops", "JPN,1985,9,", "JPN,1985,13,")
    before = everything()
    with pytest.raises(FaultsError, match="us_troops"):
        accept([sound, broken])
    assert everything() == before
    assert sound.exists()
    assert broken.exists()


def test_same_tables_again_change_no_byte(project_copy):
    before = everything()
    staged = [project_copy / path.name for path in RAW_FOLDER.glob("*.csv")]
    for path in staged:
        shutil.copy(RAW_FOLDER / path.name, path)
    accept(staged)
    assert everything() == before
