"""Codings and models against the columns they name, and the codebook against both."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from underbalance.coding.describe import LONGEST_NAME
from underbalance.coding.order import circle_faults
from underbalance.config import CODINGS_FILE, MODELS_FILE, Coding, Specification, has_z_columns
from underbalance.errors import Fault
from underbalance.registry import CODEBOOK_FILE
from underbalance.schemas.processed import PROCESSED, ally_year

NUMBERS = ("Int64", "float64")
# tables of results/tables that are of no model
OTHER_TABLES = ("observed_type", "type_agreement", "typology")


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
    signs: dict[str, set[int]] = {}
    for name, coding in codings.items():
        for part in coding.components if has_z_columns(name, coding) else ():
            signs.setdefault(part.variable, set()).add(part.sign)
    return [
        *circle_faults(codings),
        *taken,
        *long,
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


def variable_faults(codings: dict[str, Coding], models: dict[str, Specification]) -> list[Fault]:
    """Demand that every variable is a column, and a number where one is needed."""
    tables = {"ally_year": ally_year(codings), "deal_spells": PROCESSED["deal_spells"]()}
    usable = [*_columns(ally_year({}), *NUMBERS, "boolean"), *codings]
    wanted = [
        (CODINGS_FILE, f"coding {name}", part.variable, usable)
        for name, coding in codings.items()
        for part in coding.components
    ]
    for name, spec in models.items():
        own, where = tables[spec.data], f"specification {name}"
        numeric = [spec.outcome, *spec.controls, *([spec.duration] if spec.duration else [])]
        usable = _columns(own, *NUMBERS, "boolean")
        lagged = _columns(tables["ally_year"], *NUMBERS, "boolean")
        wanted += [(MODELS_FILE, where, variable, usable) for variable in numeric]
        wanted += [(MODELS_FILE, where, variable, lagged) for variable in spec.lagged]
        wanted += [
            (MODELS_FILE, where, variable, list(own.columns)) for variable in spec.categories
        ]
        conditions = _columns(own, "boolean")
        wanted += [(MODELS_FILE, where, variable, conditions) for variable in spec.without]
    known = {column for table in tables.values() for column in table.columns}
    return [
        Fault(
            file.as_posix(),
            where,
            "this variable cannot be used here" if variable in known else "unknown variable",
            variable,
            ", ".join(sorted(columns)),
            "correct the name; config/codebook.csv lists all variables",
        )
        for file, where, variable, columns in wanted
        if variable not in columns
    ]


def table_name_faults(models: dict[str, Specification]) -> list[Fault]:
    """Refuse a model whose table would take the place of another one in results/tables."""
    return [
        Fault(
            MODELS_FILE.as_posix(),
            f"specification {name}",
            "a model must not have the name of another table of results/tables",
            name,
            f"any name but {', '.join(OTHER_TABLES)}",
            "choose another name; the title can be any text",
        )
        for name in models
        if name in OTHER_TABLES
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
    return _columns(ally_year(codings), *NUMBERS)


def _columns(schema: pa.DataFrameSchema, *types: str) -> list[str]:
    return [name for name, column in schema.columns.items() if str(column.dtype) in types]
