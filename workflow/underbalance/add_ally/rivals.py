"""The states that rows of an ally may name beside it: its rivals and opponents."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pandas as pd

from underbalance.add_ally.request import Request
from underbalance.add_ally.shipped import shipped_rows
from underbalance.check_extension_rivals import listing_faults
from underbalance.errors import raise_if_any
from underbalance.extensions import COMMENT, RIVALS, folder, has_rows
from underbalance.registry import RIVALS_FILE, read_commented, read_rivals
from underbalance.schemas import lists
from underbalance.tables import read_table

FILE: Final = f"{RIVALS}.csv"
RIVALRIES: Final = "rivalries"
HEADER: Final = ("iso3", "name", "cow_code", "role")


@dataclass
class Rivals:
    """The states beside an ally.

    Parameters
    ----------
    iso3 : the ally.
    others : the listed allies and this one, with their numbers.
    listed : states of config/rivals.csv and of the ally's own list.
    new : the part of them that is to be written into the ally's own list.
    named : codes of the states that are known to be rivals of the ally.
    unlisted : numbers of the states that the originals name, but no list.
    """

    iso3: str
    others: pd.DataFrame
    listed: pd.DataFrame
    new: pd.DataFrame
    named: set[str] = field(default_factory=set)
    unlisted: set[int] = field(default_factory=set)

    @property
    def known(self) -> list[str]:
        """Return the codes of all listed states."""
        return [*self.others["iso3"], *self.listed["iso3"]]

    @property
    def for_parsers(self) -> pd.DataFrame:
        """Return the list of rivals, in which those of the ally are rivals.

        What config/rivals.csv calls an opponent is one of the listed allies; of this one it may
        be a rival, as may be a listed ally.
        """
        allied = self.others[self.others["iso3"].isin(self.named)]
        rows = pd.concat([self.listed, allied[["iso3", "name", "cow_code"]]], ignore_index=True)
        rows["role"] = rows["role"].mask(rows["iso3"].isin(self.named), "rival")
        return rows.drop_duplicates("iso3", ignore_index=True)

    def called(self, name: str) -> dict[str, str]:
        """Return the codes of the ally and its rivals by what a file may call them.

        Parameters
        ----------
        name : of the ally.
        """
        states = pd.concat([self.others, self.listed])[["iso3", "name"]]
        rivals = states[states["iso3"].isin(self.named)].drop_duplicates("iso3")
        names = [(self.iso3, name), *rivals.itertuples(index=False)]
        return {called: code for code, text in names for called in (code, text)}


def rivals_of(request: Request, allies: pd.DataFrame) -> Rivals:
    """Return the states that are listed before a table is read.

    The ally's own list is that of the folder that is asked for, else that of its extension.

    Parameters
    ----------
    allies : the listed allies and this one.

    Raises
    ------
    FaultsError : every fault of the ally's own list.
    """
    shipped = read_rivals().query("extension == ''").drop(columns="extension")
    given = request.folder / FILE if request.folder else None
    new = _own(given, request.iso3, allies)
    there = folder(request.iso3) / FILE
    own = new if len(new) else _own(there, request.iso3, allies)
    known = _named_by(shipped_rows(RIVALRIES, request.iso3))
    path = folder(request.iso3) / f"{RIVALRIES}.csv"
    if path.is_file() and has_rows(path):
        known |= _named_by(read_commented(path))
    listed = pd.concat([shipped, own], ignore_index=True)
    return Rivals(request.iso3, allies, listed, new, known)


def rivals_file(place: Path, rivals: Rivals) -> dict[str, bytes]:
    """Return the ally's own list by its name, a template where states are missing, or nothing.

    Parameters
    ----------
    place : the folder of the extension; a list that is there is not replaced by a template.
    """
    if len(rivals.new):
        text = rivals.new[list(HEADER)].to_csv(index=False, lineterminator="\n")
        return {FILE: text.encode()}
    if not rivals.unlisted or (place / FILE).is_file():
        return {}
    return {FILE: _template(rivals.iso3, rivals.unlisted).encode()}


def to_be_listed(iso3: str, numbers: Collection[int]) -> str:
    """Return what to do about states that no list has."""
    place = (folder(iso3) / FILE).as_posix()
    listed = ", ".join(str(number) for number in sorted(numbers))
    return f"write them ({listed}) into {place} ({','.join(HEADER)}) and run again with --replace"


def _own(path: Path | None, iso3: str, allies: pd.DataFrame) -> pd.DataFrame:
    if path is None or not path.is_file() or not has_rows(path):
        return pd.DataFrame(columns=list(HEADER))
    rows = read_table(path, lists.rivals(), shown_as=path.as_posix(), comments=True)
    raise_if_any(listing_faults(rows, iso3, path, allies))
    return rows.astype({"cow_code": int})


def _named_by(rivalries: pd.DataFrame) -> set[str]:
    return {*rivalries["rival"]} if "rival" in rivalries else set()


def _template(iso3: str, numbers: Collection[int]) -> str:
    named = ", ".join(str(number) for number in sorted(numbers))
    lines = [
        f"States that face {iso3}, but are in neither {RIVALS_FILE.as_posix()} nor the allies.",
        f"The originals have these Correlates of War numbers: {named}.",
        "Lines that begin with # are comments. When the states are written below, give the",
        "command again with --replace.",
        "",
        "iso3: code of ISO 3166-1, three capital letters",
        "name: what the state is called",
        "cow_code: its Correlates of War number",
        f"role: rival (a rivalry with {iso3}), or opponent (in a dispute only)",
        "",
        "For example: QAT,Qatar,694,rival",
    ]
    comments = [f"{COMMENT} {line}".rstrip() for line in lines]
    return "\n".join([*comments, ",".join(HEADER), ""])
