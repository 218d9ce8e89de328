"""Writing an extension: the whole folder, or nothing of it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from underbalance.errors import Fault, FaultsError


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files in a folder beside those that are there; all of them, or none.

    The folder is made anew beside the old one, which it then takes the place of.

    Raises
    ------
    FaultsError : when the place cannot be written to.
    """
    made = folder.with_name(f".{folder.name}.part")
    old = folder.with_name(f".{folder.name}.old")
    try:
        # a run that was killed between the two renames left the only copy under the old name
        if old.is_dir() and not folder.exists():
            old.rename(folder)
        shutil.rmtree(made, ignore_errors=True)
        if folder.is_dir():
            shutil.copytree(folder, made)
        made.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (made / name).write_bytes(content)
        _exchange(made, folder, old)
    except OSError as error:
        raise FaultsError([_unwritable(folder, error)]) from None
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _exchange(made: Path, folder: Path, old: Path) -> None:
    if not folder.exists():
        made.rename(folder)
        return
    shutil.rmtree(old, ignore_errors=True)
    folder.rename(old)
    try:
        made.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _unwritable(folder: Path, error: OSError) -> Fault:
    return Fault(
        folder.as_posix(),
        "folder",
        "the folder must be one that can be written to",
        error.strerror or str(error),
        "a folder of yours, on a disk that is not full",
        "change its permissions, or make room; nothing was written",
    )
