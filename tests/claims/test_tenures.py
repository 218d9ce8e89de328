import pandas as pd
import pytest
from underbalance.claims.tenures import possible_in, with_possible_days

SPELLS = pd.DataFrame(
    {
        "iso3": "JPN",
        "leader": ["Ryutaro Hashimoto", "Keizo Obuchi", "Junichiro Koizumi"],
        "start": ["1996-01-11", "1998-07-30", "2001-04-26"],
        "end": ["1998-07-30", "2000-04-02", ""],
    }
)


@pytest.mark.parametrize(
    ("date", "named", "days"),
    [
        ("1998", "Hashimoto Ryutaro", ("1998-01-01", "1998-07-30")),
        ("1998", "Obuchi Keizo", ("1998-07-30", "1998-12-31")),
        ("1998", "", ("1998-01-01", "1998-12-31")),
        ("1998", "Murayama Tomiichi", ("1998-01-01", "1998-12-31")),  # did not lead that year
        ("1998-09", "Hashimoto Ryutaro", ("1998-09-01", "1998-09-30")),  # one led in the month
        ("1998-08-20", "Hashimoto Ryutaro", ("1998-08-20", "1998-08-20")),
        ("2001", "Koizumi Junichiro", ("2001-01-01", "2001-12-31")),  # nobody else is known
    ],
)
def test_head_named_in_the_coding_bounds_a_date_that_leaves_several(date, named, days):
    event = pd.DataFrame([{"iso3": "JPN", "date": date, "head_of_government": named}])
    found = with_possible_days(event, SPELLS)
    assert (found["earliest"].item(), found["latest"].item()) == days


def test_event_counts_in_a_period_only_if_the_named_head_led_in_it():
    event = pd.DataFrame([{"iso3": "JPN", "date": "1998", "head_of_government": "Hashimoto"}])
    found = with_possible_days(event, SPELLS)
    assert possible_in(found, "1998-01-01", "1998-12-31").all()
    assert not possible_in(found, "1998-08-31", "1999-08-16").any()
