"""What is wrong with the machine: files that cannot be read, folders that cannot be written to."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from bad_input.case import read
from underbalance.check import check_inputs
from underbalance.errors import FaultsError
from underbalance.present.formats.writing import write
from underbalance.present.table import Table
from underbalance.present.table_style import read_styles
from underbalance.tables import write_table

CONFIG, MILEX = "config/config.yaml", "data/raw/milex.csv"
FRAME = pd.DataFrame({"a": [1, 2]})


def told(file: str) -> str:
    """Return what is said of a file; that a whole check says it is shown for each kind below."""
    with pytest.raises(FaultsError) as error:
        read(file)
    return str(error.value)


@pytest.mark.parametrize("file", [CONFIG, MILEX, "config/allies.csv"])
def test_link_to_a_sound_file_is_that_file(light_project, file, tmp_path_factory):
    kept = tmp_path_factory.mktemp("elsewhere") / "kept"
    path = light_project / file
    shutil.copyfile(path, kept)
    path.unlink()
    path.symlink_to(kept)
    assert len(read(file)) if file != CONFIG else read(file)


@pytest.mark.parametrize("file", [CONFIG, MILEX, "config/models.yaml", "config/codebook.csv"])
@pytest.mark.parametrize("target", ["nowhere", "itself"])
def test_link_that_leads_to_no_file_is_told(light_project, file, target):
    path = light_project / file
    path.unlink()
    path.symlink_to(path if target == "itself" else light_project / "nowhere")
    message = told(file)
    assert file in message
    assert "a link that leads to no file" in message


@pytest.mark.parametrize("file", [CONFIG, MILEX, "config/allies.csv", "config/sources.csv"])
def test_folder_in_place_of_a_file_is_told(light_project, file):
    (light_project / file).unlink()
    (light_project / file).mkdir()
    message = told(file)
    assert file in message
    assert "a folder of that name" in message


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_check_tells_every_file_that_is_none_at_once(light_project, kind):
    files = [CONFIG, MILEX, "config/allies.csv", "data/raw/alliance.csv"]
    for path in (light_project / file for file in files):
        path.unlink()
        path.mkdir() if kind == "folder" else path.symlink_to(path)
    with pytest.raises(FaultsError) as error:
        check_inputs()
    assert {fault.file for fault in error.value.faults} >= {CONFIG, "config/allies.csv"}


@pytest.mark.parametrize("file", [CONFIG, MILEX, "config/allies.csv"])
def test_file_that_must_not_be_read_is_told(light_project, file, monkeypatch):
    # the superuser may read every file, so that the refusal is that of a double
    read = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.as_posix().endswith(file):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    message = told(file)
    assert file in message
    assert "Permission denied" in message
    assert "chmod u+r" in message


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT])
@pytest.mark.parametrize("step", ["write", "rename"])
def test_old_table_stays_when_there_is_no_room_for_the_new_one(tmp_path, monkeypatch, code, step):
    path = tmp_path / "t.csv"
    path.write_text("a\n0\n", encoding="utf-8")

    def refused(self, *arguments, **how):
        raise OSError(code, os.strerror(code))

    place = (pd.DataFrame, "to_csv") if step == "write" else (Path, "replace")
    monkeypatch.setattr(*place, refused)
    with pytest.raises(FaultsError) as error:
        write_table(FRAME, path)
    (fault,) = error.value.faults
    assert (fault.file, fault.value) == (str(path), os.strerror(code))
    assert "make room" in fault.mend
    assert path.read_text(encoding="utf-8") == "a\n0\n"
    assert list(tmp_path.iterdir()) == [path]


@pytest.fixture
def read_only(monkeypatch):
    """Refuse all that changes a file or a folder, as a file system mounted to be read does."""

    def refused(path, *arguments, **how):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    def frame_refused(self, path, *arguments, **how):
        refused(path)

    making = ("mkdir", "touch", "write_bytes", "write_text")
    for name in (*making, "rename", "replace", "rmdir", "unlink"):
        monkeypatch.setattr(Path, name, refused)
    monkeypatch.setattr(pd.DataFrame, "to_csv", frame_refused)


@pytest.mark.parametrize("folder", [".", "new"], ids=["folder there", "folder to be made"])
def test_read_only_file_system_is_told_and_nothing_changes(tmp_path, read_only, folder):
    path = tmp_path / folder / "t.csv"
    with pytest.raises(FaultsError) as error:
        write_table(FRAME, path)
    (fault,) = error.value.faults
    assert (fault.file, fault.value) == (str(path), os.strerror(errno.EROFS))
    assert list(tmp_path.iterdir()) == []


def test_disk_that_fills_up_while_a_page_is_written_leaves_the_old_one(
    tmp_path, monkeypatch, project
):
    path = tmp_path / "t.html"
    path.write_text("old", encoding="utf-8")

    def half(self, text, **how):
        with self.open("w", encoding="utf-8") as file:
            file.write(text[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    style = read_styles()["default"]
    monkeypatch.setattr(Path, "write_text", half)
    with pytest.raises(FaultsError, match="No space left"):
        write(Table("t", "T", ("", "a"), (("x", "1"),), (), ()), [path], style)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_file_where_a_folder_is_wanted_is_no_fault_of_the_disk(tmp_path):
    (tmp_path / "results").write_text("", encoding="utf-8")
    with pytest.raises((NotADirectoryError, FileExistsError)):
        write_table(FRAME, tmp_path / "results/t.csv")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser writes to every folder")
def test_folder_that_must_not_be_written_to_is_told(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(FaultsError, match="take the protection of the folder away"):
            write_table(FRAME, tmp_path / "t.csv")
    finally:
        tmp_path.chmod(0o700)


def command(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "underbalance", *arguments],
        cwd=folder,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_check_in_another_folder_says_which_files_are_missing(tmp_path):
    run = command(tmp_path, "check")
    assert run.returncode == 1
    assert "config/config.yaml" in run.stdout + run.stderr
    assert "Traceback" not in run.stderr


def test_faults_are_shown_on_a_terminal_that_knows_ascii_only(light_project):
    path = light_project / MILEX
    text = path.read_text(encoding="utf-8")
    path.unlink()
    path.write_text(text.replace("ALB,", "ÄLB,", 1), encoding="utf-8")
    run = command(light_project, "check", PYTHONUTF8="0", LC_ALL="C", PYTHONCOERCECLOCALE="0")
    assert run.returncode == 1
    assert MILEX in run.stderr
    assert "Traceback" not in run.stderr
