import pandas as pd
import pytest
from underbalance.outcomes.event_days import day_bounds
from underbalance.outcomes.event_governments import days_of_government

PERIODS = pd.DataFrame(
    {
        "iso3": "KOR",
        "start": pd.to_datetime(["1998-02-25", "2003-02-25", "2004-01-01"]),
        "end": pd.to_datetime(["2003-02-24", "2003-12-31", "2008-02-24"]),
        "head": ["Kim Dae-Jung", "Roh Moo-Hyun", "Roh Moo-Hyun"],
    }
)


@pytest.mark.parametrize(
    ("date", "named", "day"),
    [
        ("2003-02", "Roh Moo-hyun", "2003-02-25"),  # the month of the handover, named in the coding
        ("2003-02", "Kim Dae-jung", "2003-02-14"),
        ("2003-02", "", "2003-02-14"),
        ("2003-02", "Lee Myung-bak", "2003-02-14"),  # nobody who can have governed
        ("2003-02-20", "Roh Moo-hyun", "2003-02-20"),  # the day is known
        ("2003-06", "Kim Dae-jung", "2003-06-15"),  # one head only is possible
        ("2003", "Roh", "2003-07-02"),
        ("2003", "Kim", "2003-01-01"),
    ],
)
def test_handover_month_goes_to_the_head_whom_the_coding_names(date, named, day):
    event = day_bounds(pd.Series([date])).assign(iso3="KOR", head_of_government=named)
    assert days_of_government(event, PERIODS).dt.strftime("%Y-%m-%d").tolist() == [day]
