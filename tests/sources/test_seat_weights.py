import pandas as pd
import pytest
from underbalance.sources.seat_weights import seat_weighted

HOUSE = pd.Series([90.0, 90.0], index=pd.Index([1, 2], name="cabinet_id"))


def moments(*parties: tuple[int, float | None, float | None]) -> pd.DataFrame:
    table = pd.DataFrame(parties, columns=["cabinet_id", "position", "seats"], dtype="float64")
    return seat_weighted(
        table.astype({"cabinet_id": int}), ["cabinet_id"], "position", "seats", HOUSE
    )


def test_parties_count_by_their_seats():
    # mean (60×2 + 30×8)/90 = 4; variance (60×4 + 30×16)/90 = 8
    found = moments((1, 2, 60), (1, 8, 30)).loc[1]
    assert found.tolist() == pytest.approx([4, 8**0.5])


def test_two_thirds_of_the_seats_are_enough_and_less_are_not():
    found = moments((1, 2, 60), (1, None, 30), (2, 2, 59), (2, None, 31))["mean"]
    assert found.loc[1] == 2
    assert pd.isna(found.loc[2])


def test_party_without_seats_has_no_weight_and_no_part_in_the_dispersion():
    found = moments((1, 2, 90), (1, 9, 0), (1, 9, None)).loc[1]
    assert found.tolist() == [2, 0]


def test_government_without_any_placed_party_is_missing_and_keeps_its_row():
    assert moments((1, 2, 90)).loc[2].isna().all()
