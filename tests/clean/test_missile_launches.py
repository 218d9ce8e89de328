import pandas as pd
from underbalance.clean.missile_launches import missile_launches_by_year
from underbalance.schemas.processed import missile_launches_by_year as schema
from underbalance.tables import check_frame

CLASSES = ("MRBM", "SRBM")


def test_every_year_and_class_has_a_row_and_a_year_without_launches_is_zero():
    launches = pd.DataFrame(
        [
            ("1998-08-31", "MRBM", "failure"),
            ("2000-07", "SRBM", "success"),
            ("2000-08-01", "SRBM", "unknown"),
            ("2000-08-01", "SRBM", "failure"),
        ],
        columns=["date", "range_class", "outcome"],
    )
    table = missile_launches_by_year(launches, CLASSES, 1998, 2000)
    assert table.to_numpy().tolist() == [
        [1998, "MRBM", 1, 1, 0],
        [1998, "SRBM", 0, 0, 0],
        [1999, "MRBM", 0, 0, 0],
        [1999, "SRBM", 0, 0, 0],
        [2000, "MRBM", 0, 0, 0],
        [2000, "SRBM", 3, 1, 1],
    ]
    check_frame(table, schema(), "missile_launches_by_year")
