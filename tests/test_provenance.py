import json
from importlib.metadata import version
from pathlib import Path

import underbalance
from underbalance import provenance
from underbalance.extensions import with_in_force
from underbalance.provenance import (
    extensions_of_run,
    folder_state,
    manifest_of,
    write_manifest,
)
from underbalance.registry import sha256


def test_state_of_a_folder_changes_with_a_new_or_changed_file_in_any_depth(tmp_path):
    release = tmp_path / "vdem" / "release.csv"
    states = [folder_state(str(tmp_path))]
    release.parent.mkdir()
    for content in ("v14", "v14 corrected"):
        release.write_text(content)
        states.append(folder_state(str(tmp_path)))
    assert len(set(states)) == 3
    assert folder_state(str(tmp_path)) == states[-1]


def test_manifest_names_code_settings_inputs_and_maker_of_every_output(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("facts.csv", "part.csv", "b.csv", "a.tex"):
        (tmp_path / name).write_text(name)
    makers = {
        "b.csv": {"rule": "estimate", "script": "estimate.py", "inputs": ["facts.csv"]},
        "a.tex": {"rule": "tabulate", "script": "tabulate.py", "inputs": ["b.csv"]},
    }
    steps = {"part.csv": {"rule": "clean", "script": "clean.py", "inputs": ["facts.csv"]}}
    path = tmp_path / "manifest.json"
    write_manifest(manifest_of(makers, steps, {"sample": "core"}, ["facts.csv"]), path)
    manifest = json.loads(path.read_text(encoding="utf-8"))
    assert list(manifest["outputs"]) == ["a.tex", "b.csv"]
    for name, maker in makers.items():
        assert manifest["outputs"][name] == {**maker, "sha256": sha256(tmp_path / name)}
    assert manifest["steps"]["part.csv"] == {
        **steps["part.csv"],
        "sha256": sha256(tmp_path / "part.csv"),
    }
    assert manifest["inputs"] == {"facts.csv": sha256(tmp_path / "facts.csv")}
    assert manifest["config"] == {"sample": "core"}
    assert manifest["underbalance"] == underbalance.__version__
    assert manifest["libraries"]["pandas"] == version("pandas")


def test_commit_is_told_as_missing_outside_a_checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(provenance, "PACKAGE", tmp_path)
    assert provenance._commit() == "not a git checkout"


def test_library_that_is_not_there_is_said_to_be_missing():
    assert provenance._version("no-such-library") == "not installed"


def test_extension_in_force_is_told_with_ties_sources_and_hashes(extension):
    extension(ratification=["3"])
    with with_in_force(["EGY"]):
        (iso3, told), *others = extensions_of_run().items()
    assert (iso3, told["name"], others) == ("EGY", "Egypt", [])
    assert told["ties"] == [{"commitment": "MNNA", "start": "1989-01-01", "end": ""}]
    assert {row["table"] for row in told["sources"]} == {"alliance", "ratification"}
    assert {row["source"] for row in told["sources"]} == {"own"}
    place = "data/raw/extensions/EGY"
    names = [f"{place}/{name}.csv" for name in ("alliance", "allies", "ratification", "sources")]
    assert told["files"] == {name: sha256(Path(name)) for name in names}


def test_manifest_has_a_block_on_extensions_only_when_there_are_some(extension):
    extension()
    with with_in_force([]):
        assert "extensions" not in manifest_of({}, {}, {}, [], extensions_of_run())
    with with_in_force(["EGY"]):
        assert list(manifest_of({}, {}, {}, [], extensions_of_run())["extensions"]) == ["EGY"]
