"""Two processes of the tests share what takes long to make."""

import subprocess
import sys
from pathlib import Path

import pytest
from once import made_once

TESTS = Path(__file__).parent
ASKS = """
import os, sys, time
from pathlib import Path
from once import made_once

def make(folder):
    time.sleep(0.2)
    (folder / str(os.getpid())).touch()

print(*sorted(path.name for path in made_once(Path(sys.argv[1]), make).iterdir()))
"""


def test_of_two_processes_one_makes_it_and_both_have_it_whole(tmp_path):
    command = [sys.executable, "-c", ASKS, str(tmp_path / "made")]
    asked = [
        subprocess.Popen(command, cwd=TESTS, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    (one, _), (other, _) = [process.communicate(timeout=30) for process in asked]
    assert one == other
    assert len(one.split()) == 1


def test_what_a_failure_left_is_made_anew(tmp_path):
    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise ValueError("no room")

    with pytest.raises(ValueError, match="no room"):
        made_once(tmp_path / "made", fail)
    made = made_once(tmp_path / "made", lambda folder: (folder / "whole").touch())
    assert [path.name for path in made.iterdir()] == ["whole"]
