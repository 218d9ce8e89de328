import os
from pathlib import Path

import pandas as pd
import pytest
from underbalance.config import Group
from underbalance.errors import FaultsError
from underbalance.extensions import (
    extension_of,
    files_in_force,
    folder,
    in_force,
    list_files,
    listed,
    named_by,
    raw_files,
    with_in_force,
)
from underbalance.places import EXTENSIONS
from underbalance.registry import is_covered, last_year_of, read_allies, read_rivals, read_sources
from underbalance.schemas.columns import known_allies, state
from underbalance.schemas.facts import FACTS
from underbalance.stages import read_facts
from underbalance.tables import read_table

EFFORT = ("2019,0.012,0.012,observed", "2020,0.011,0.011,observed")


def group(*members: str, without: tuple[str, ...] = ()) -> Group:
    return Group.model_validate(
        {"label": "label", "members": members, "except": without, "years": "all"}
    )


GROUPS = {
    "core": group("region:europe", "JPN"),
    "mine": group("core", "EGY"),
    "wider": group("mine", "ISR", without=("JPN",)),
    "without": group("mine", without=("EGY",)),
    "circle": group("circle", "EGY"),
}


def years_covered(table: str, iso3: str, *years: int) -> list[bool]:
    keys = pd.DataFrame({"iso3": iso3, "year": years})
    return is_covered(read_sources(), table, keys["iso3"], keys["year"]).tolist()


def test_nothing_is_in_force_unless_the_run_says_so(extension, monkeypatch):
    extension(ratification=["3"])
    monkeypatch.delenv(EXTENSIONS, raising=False)
    assert in_force() == ()
    assert raw_files("ratification") == [Path("data/raw/ratification.csv")]
    assert list_files() == []
    assert "EGY" not in known_allies()
    assert "EGY" not in set(read_allies()["iso3"])
    assert set(read_sources()["extension"]) == {""}
    assert not any(read_sources()["allies_outside"].str.contains("EGY"))


def test_extension_in_force_is_read_after_the_shipped_table(extension):
    extension(ratification=["3"])
    with with_in_force(["EGY"]):
        paths = raw_files("ratification")
        assert paths == [
            Path("data/raw/ratification.csv"),
            Path("data/raw/extensions/EGY/ratification.csv"),
        ]
        together = read_facts(map(str, paths))["ratification"]
        shipped = read_table(paths[0], FACTS["ratification"]())
    assert together.iloc[-1].tolist() == ["EGY", 3.0]
    pd.testing.assert_frame_equal(together.iloc[:-1], shipped)


def test_rivals_of_an_extension_are_listed_while_it_is_in_force(extension):
    path = extension() / "rivals.csv"
    path.write_text("# of Egypt\niso3,name,cow_code,role\nQAT,Qatar,694,rival\n")
    shipped = read_rivals()
    assert "QAT" not in set(shipped["iso3"])
    with with_in_force(["EGY"]):
        rivals = read_rivals()
        # what depends on the lists is made anew when one of them changes
        assert path.relative_to(Path.cwd()) in list_files()
        assert path.relative_to(Path.cwd()) in files_in_force()
        assert "QAT" in state().checks[0].statistics["allowed_values"]
    assert rivals.iloc[-1].tolist() == ["QAT", "Qatar", 694, "rival", "EGY"]
    pd.testing.assert_frame_equal(rivals.iloc[:-1], shipped)


def test_rival_of_two_extensions_in_force_is_listed_once(extension):
    for place in (extension(), extension("SYR", ally="Syria,middle_east,652,652,")):
        (place / "rivals.csv").write_text("iso3,name,cow_code,role\nQAT,Qatar,694,rival\n")
    with with_in_force(["EGY", "SYR"]):
        assert read_rivals()["iso3"].tolist().count("QAT") == 1


def test_what_was_in_force_before_is_in_force_again(monkeypatch):
    monkeypatch.setenv(EXTENSIONS, "SWE+EGY")
    with with_in_force(["ISR"]):
        assert in_force() == ("ISR",)
    assert in_force() == ("EGY", "SWE")
    monkeypatch.delenv(EXTENSIONS)
    with with_in_force([]):
        assert in_force() == ()
    assert EXTENSIONS not in os.environ


def test_table_without_a_row_counts_as_not_there(extension):
    path = extension(ratification=["3"]) / "ratification.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0]
    path.write_text(f"\ufeff# fill in\n{header}\n# EGY,3\n\n", encoding="utf-8")
    with with_in_force(["EGY"]):
        assert len(raw_files("ratification")) == 1


def test_lines_of_messages_are_those_of_the_file_with_its_comments(extension):
    path = extension(ratification=["3", "7"]) / "ratification.csv"
    header, good, bad = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(["# what", header, "# which", good, "# why", bad, ""]))
    with (
        with_in_force(["EGY"]),
        pytest.raises(FaultsError, match=r"line 6 \(EGY\): ratification_hurdle") as raised,
    ):
        read_facts(["data/raw/extensions/EGY/ratification.csv"])
    assert "line 6 (EGY): the key (iso3) must be unique" in str(raised.value)


def test_comments_are_no_part_of_the_shipped_tables(extension):
    path = Path("data/raw/ratification.csv")
    path.write_text("# a note\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(FaultsError):
        read_facts([str(path)])


def test_rows_of_an_extension_cover_its_ally_only(extension):
    extension(ratification=["3"], ideal_points=["2019,0.1,2.4,0.1,2.4"])
    assert years_covered("ideal_points", "EGY", 2010) == [True]  # as any code, while unlisted
    with with_in_force(["EGY"]):
        assert years_covered("ideal_points", "EGY", 1985, 1990, 2020, 2021) == [
            False,
            True,
            True,
            False,
        ]
        assert years_covered("milex", "EGY", 2000) == [False]
        assert years_covered("ideal_points", "TWN", 2000) == [False]
        assert years_covered("milex", "JPN", 2000) == [True]
        assert last_year_of(read_sources(), "ideal_points") > 2020


def test_extension_of_a_listed_ally_adds_to_what_the_shipped_source_covers(extension):
    extension("TWN", ally="", tie="partner,1990-01-01,,year,0", ideal_points=["2019,0.1,2.4,,"])
    with with_in_force(["TWN"]):
        assert years_covered("ideal_points", "TWN", 2000, 2024) == [True, False]
        assert years_covered("economy", "TWN", 2000) == [True]


def test_code_in_the_sample_or_in_a_group_names_an_extension(extension):
    extension()
    for sample in ("core+EGY", "core,egy", "EGY", "mine", "wider", "wider+ISR", "circle"):
        assert named_by(sample, GROUPS) == ("EGY",), sample
    for sample in ("core", "core+ISR", "without", "unknown", ""):
        assert named_by(sample, GROUPS) == (), sample


def test_extensions_are_the_folders_named_after_codes(extension):
    place = extension().parent
    extension("SWE", ally="")
    (place / "notes.txt").touch()
    (place / "draft").mkdir()
    assert listed() == ("EGY", "SWE")
    assert folder("SWE") == Path("data/raw/extensions/SWE")
    assert extension_of(place / "EGY" / "milex.csv") == "EGY"
    assert extension_of(Path("data/raw/milex.csv")) == ""


def test_there_are_no_extensions_without_their_folder(tmp_path):
    assert listed(tmp_path) == ()
