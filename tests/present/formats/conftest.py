"""A table of numbers and a table of texts, with all that a format may stumble over."""

import pytest
from underbalance.present.table import Table, WideTable
from underbalance.present.table_style import Style, read_styles


@pytest.fixture
def style(project) -> Style:
    return read_styles()["default"]


@pytest.fixture
def numbers() -> Table:
    return Table(
        name="small",
        title="Arms & effort_growth: 50 %",
        header=("", "Coefficient", "95 % interval", "p"),
        body=(
            ("Of <b>_& C",),
            ("A <b> & C", "−0.5", "[−0.7, −0.3]", "< 0.001"),
            ("", "(0.1)", "", ""),
        ),
        summary=(("Observations", "1,234", "", ""),),
        notes=("Errors × G/(G−1).", "Units: $ and #."),
    )


@pytest.fixture
def texts() -> WideTable:
    return WideTable(
        name="claims",
        title="Claims & record",
        lead=("Of 2 claims: 1 supported.",),
        header=("Claim", "Says → coded", "Agrees?"),
        widths=(0.2, 0.6, 0.2),
        rows=(
            ("A heading of what follows, see file.csv.",),
            ("A_1", "mean −0.05 < 0.31", "in part"),
            ("[B]", "7 % & more", "supported"),
        ),
        notes=("A note.",),
        summary=("Only on a page.",),
        links={"file.csv": "folder/file.csv"},
    )
