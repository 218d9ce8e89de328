"""Codings against the columns they name, and the codebook against both."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from underbalance.coding.order import circle_faults
from underbalance.config import CODINGS_FILE, Coding, has_z_columns
from underbalance.errors import Fault
from underbalance.registry import CODEBOOK_FILE
from underbalance.schemas.processed import ally_year
from underbalance.stata_names import LONGEST_NAME, is_word_of_stata, words_of_stata

NUMBERS = ("Int64", "float64")


def coding_faults(codings: dict[str, Coding]) -> list[Fault]:
    """Refuse circles, and codings that would write over a column of ally_year."""
    columns = set(ally_year({}).columns)
    longest = LONGEST_NAME - len("_components")
    taken = [
        Fault(
            CODINGS_FILE.as_posix(),
            f"coding {name}",
            "an index must not have the name of another column",
            name,
            "a name that is not in config/codebook.csv under ally_year",
            "choose another name",
        )
        for name in codings
        if name in columns or name.startswith("z_") or name.endswith("_components")
    ]
    long = [
        Fault(
            CODINGS_FILE.as_posix(),
            f"coding {name}",
            "the name must fit into Stata together with the ending _components",
            name,
            f"at most {longest} characters",
            "choose a shorter name; the label can say more",
        )
        for name in codings
        if len(name) > longest
    ]
    reserved = [
        Fault(
            CODINGS_FILE.as_posix(),
            f"coding {name}",
            "the name must not be a word of Stata's own language",
            name,
            f"any name but {words_of_stata()} and the like",
            "choose another name; the label can be any text",
        )
        for name in codings
        if is_word_of_stata(name)
    ]
    signs: dict[str, set[int]] = {}
    for name, coding in codings.items():
        for part in coding.components if has_z_columns(name, coding) else ():
            signs.setdefault(part.variable, set()).add(part.sign)
    return [
        *circle_faults(codings),
        *taken,
        *long,
        *reserved,
        *(
            Fault(
                CODINGS_FILE.as_posix(),
                f"variable {variable}",
                "a variable must have the same sign in every primary index",
                "1 and -1",
                "one sign: its z-score is one column of ally_year",
                "correct the sign in one of the indices",
            )
            for variable, found in signs.items()
            if len(found) > 1
        ),
    ]


def component_faults(codings: dict[str, Coding]) -> list[Fault]:
    """Demand that every component is a number or yes/no of ally_year, or another coding."""
    table = ally_year(codings)
    usable = sorted([*columns_of(ally_year({}), *NUMBERS, "boolean"), *codings])
    return [
        Fault(
            CODINGS_FILE.as_posix(),
            f"coding {name}",
            "this variable cannot be used here"
            if part.variable in table.columns
            else "unknown variable",
            part.variable,
            ", ".join(usable),
            "correct the name; config/codebook.csv lists all variables",
        )
        for name, coding in codings.items()
        for part in coding.components
        if part.variable not in usable
    ]


def codebook_faults(codebook: pd.DataFrame) -> list[Fault]:
    """Demand a row for every column of ally_year but those of codings, which have none."""
    described = set(codebook.loc[codebook["table"] == "ally_year", "name"])
    columns = set(ally_year({}).columns)
    undescribed = [
        Fault(
            CODEBOOK_FILE.as_posix(),
            f"variable {name}",
            "every column of ally_year must be described",
            "no row",
            "one row with table, name, label and unit",
            f"add a line that begins with ally_year,{name},",
        )
        for name in sorted(columns - described)
    ]
    return undescribed + [
        Fault(
            CODEBOOK_FILE.as_posix(),
            f"variable {name}",
            "only columns of ally_year that are not coded are described here",
            name,
            "a column that config/codings.yaml does not make",
            "take the line out: a coding describes itself by its label and components",
        )
        for name in sorted(described - columns)
    ]


def numeric_columns(codings: dict[str, Coding]) -> list[str]:
    """Return the columns of ally_year that hold numbers, those of codings included."""
    return columns_of(ally_year(codings), *NUMBERS)


def columns_of(schema: pa.DataFrameSchema, *types: str) -> list[str]:
    """Return the columns of a schema that have one of these types."""
    return [name for name, column in schema.columns.items() if str(column.dtype) in types]
