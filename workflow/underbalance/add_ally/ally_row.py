"""The line of an ally that is not listed yet, in the form of config/allies.csv."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from underbalance.add_ally.options import COMMAND, option_fault
from underbalance.add_ally.request import Request
from underbalance.add_ally.state_names import plain
from underbalance.errors import Fault, FaultsError
from underbalance.extensions import ALLIES, CODE, folder
from underbalance.registry import ALLIES_FILE, RIVALS_FILE, read_commented, read_rivals
from underbalance.schemas import lists
from underbalance.schemas.lists import REGIONS
from underbalance.sources.cow_states import USA
from underbalance.tables import check_frame

OPTIONS: Final = {
    "name": "--name",
    "region": "--region",
    "cow_code": "--cow-code",
    "gw_code": "--gw-code",
    "independent_since": "--independent-since",
}
ALLOWED: Final = {
    "name": "the name of the state",
    "region": ", ".join(REGIONS),
    "cow_code": "number of the Correlates of War project, 3 to 990",
}


def ally_row(request: Request, listed: pd.DataFrame) -> tuple[dict[str, str], list[Fault]]:
    """Return what allies.csv says of the ally, empty for a listed one, and what is wrong.

    What the options do not give is taken from the extension if there is one, and from
    config/rivals.csv. ASSUME: Gleditsch and Ward number the state as the Correlates of War
    project does, unless --gw-code says otherwise.

    Parameters
    ----------
    listed : config/allies.csv.
    """
    if not CODE.fullmatch(request.iso3):
        allowed = "three capital letters, as EGY"
        return {}, [_code_fault(request.iso3, "an ISO 3166-1 alpha-3 code", allowed)]
    if request.iso3 in set(listed["iso3"]):
        named = name_of(request, listed)
        return {}, [_listed_fault(option, named, request) for option in request.ally]
    row = {**_known(request.iso3), **request.ally}
    row.setdefault("gw_code", row.get("cow_code", ""))
    row.setdefault("independent_since", "")
    faults = [_missing(name) for name in ("name", "region", "cow_code") if not row.get(name)]
    faults += [
        option_fault(
            OPTIONS[name],
            "the code must be a number",
            row[name],
            ALLOWED["cow_code"],
            "correct the number",
        )
        for name in ("cow_code", "gw_code")
        if row.get(name) and not re.fullmatch(r"\d{1,3}", row[name])
    ]
    if faults:
        return {}, faults
    return row, _row_faults(request.iso3, row, listed)


def name_of(request: Request, listed: pd.DataFrame) -> str:
    """Return what the ally is called: as listed, as asked for, as a rival; empty if unknown."""
    names = dict(zip(listed["iso3"], listed["name"], strict=True))
    known = {**_known(request.iso3), **request.ally}
    return str(names.get(request.iso3, known.get("name", "")))


def where_known(request: Request, listed: pd.DataFrame) -> str:
    """Say who the ally is, and from where that is known."""
    name = name_of(request, listed)
    if request.iso3 in set(listed["iso3"]):
        return f"{name} ({request.iso3}), listed in {ALLIES_FILE.as_posix()}"
    if request.iso3 in set(read_rivals()["iso3"]):
        return f"{name} ({request.iso3}), listed in {RIVALS_FILE.as_posix()}"
    return (
        f"{name} ({request.iso3}): no list of the project knows this code; "
        f"make sure that it is the ISO 3166-1 alpha-3 code of {name}"
    )


def with_ally(listed: pd.DataFrame, iso3: str, row: dict[str, str]) -> pd.DataFrame:
    """Return the listed allies with one more, if it is not listed."""
    if not row:
        return listed
    codes = {name: int(row[name]) for name in ("cow_code", "gw_code")}
    return pd.concat([listed, pd.DataFrame([{"iso3": iso3, **row, **codes}])], ignore_index=True)


def _known(iso3: str) -> dict[str, str]:
    path = folder(iso3) / f"{ALLIES}.csv"
    if path.is_file():
        row = next(iter(read_commented(path).to_dict("records")), {})
        return {str(name): cell for name, cell in row.items() if name in OPTIONS}
    rivals = read_rivals()
    rows = rivals[rivals["iso3"] == iso3]
    return {name: str(cell) for name in ("name", "cow_code") for cell in rows[name]}


def _row_faults(iso3: str, row: dict[str, str], listed: pd.DataFrame) -> list[Fault]:
    taken = listed.loc[listed["cow_code"] == int(row["cow_code"]), "iso3"].tolist()
    rivals = read_rivals()
    same = (rivals["cow_code"] == int(row["cow_code"])) & (rivals["iso3"] != iso3)
    taken += rivals.loc[same, "iso3"].tolist()
    if int(row["cow_code"]) == USA:
        return [_code_fault(iso3, "an ally of the USA", "a state other than the USA")]
    if taken:
        rule = "the number must be that of one state"
        found = f"{row['cow_code']}, which is {', '.join(taken)}"
        mend = "correct the number or the code of the ally"
        return [option_fault("--cow-code", rule, found, ALLOWED["cow_code"], mend)]
    if faults := _mixed_up(iso3, row, pd.concat([listed, rivals])):
        return faults
    try:
        frame = with_ally(listed.iloc[:0], iso3, row)
        check_frame(frame[list(lists.allies().columns)], lists.allies(), COMMAND)
    except FaultsError as error:
        return list(error.faults)
    return []


def _mixed_up(iso3: str, row: dict[str, str], states: pd.DataFrame) -> list[Fault]:
    """Return the faults of a code that is known as that of a state with another number, or name."""
    known = states[states["iso3"] == iso3]
    faults = [
        option_fault(
            "--cow-code",
            f"{iso3} is {name}, whose number must be given",
            row["cow_code"],
            str(number),
            f"leave it out, or correct the code if another state than {name} is meant",
        )
        for name, number in known[["name", "cow_code"]].itertuples(index=False)
        if number != int(row["cow_code"])
    ]
    same = states[states["name"].map(plain) == plain(row["name"])]
    return faults + [
        option_fault(
            "--name",
            "the name must not be that of another state",
            f"{row['name']}, which is {code}",
            "the name of the ally",
            f"correct the name, or the code {iso3}",
        )
        for code in same["iso3"]
        if code != iso3
    ]


def _code_fault(found: str, what: str, allowed: str) -> Fault:
    return option_fault("CODE", f"the code must be that of {what}", found, allowed, "correct it")


def _missing(name: str) -> Fault:
    rule = f"an ally that is not in {ALLIES_FILE.as_posix()} must have a {name}"
    return option_fault(OPTIONS[name], rule, "none", ALLOWED[name], f"add {OPTIONS[name]}")


def _listed_fault(option: str, named: str, request: Request) -> Fault:
    return option_fault(
        OPTIONS[option],
        f"{request.iso3} is {named}: {ALLIES_FILE.as_posix()} must say this of a listed ally",
        request.ally[option],
        "no such option",
        f"leave it out, or correct the code if another state than {named} is meant",
    )
