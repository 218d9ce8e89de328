import numpy as np
import pandas as pd
from underbalance.models.reported import with_bootstrap
from underbalance.models.tidy import Fit, tidy

NAMED = {"spec_id": "x", "outcome": "y", "hypothesis": "", "sample": "core", "data_sha": "0"}


def rows(withheld: str = "") -> pd.DataFrame:
    terms = ["a", "b"]
    covariance = pd.DataFrame(np.eye(2), index=terms, columns=terms)
    estimates = pd.Series([1.0, 2.0], index=terms)
    return tidy(Fit(estimates, covariance, "CRV1", 20, "t(20)", 100, withheld=withheld), **NAMED)


def inference(**changes: object) -> pd.DataFrame:
    wild = {
        "spec_id": "x",
        "term": "a",
        "method": "wild",
        "p_value": 0.25,
        "ci_low": -1.0,
        "ci_high": 4.0,
        "note": "Webb, 999 draws",
    }
    other = wild | {"method": "crv3", "p_value": 0.5, "ci_low": -9.0, "ci_high": 9.0}
    return pd.DataFrame([other, wild | changes])


def test_bootstrap_takes_the_place_of_p_and_interval_and_is_named():
    first, second = with_bootstrap(rows(), inference()).to_dict("records")
    assert (first["p_value"], first["ci_low"], first["ci_high"]) == (0.25, -1.0, 4.0)
    assert first["p_method"] == "wild cluster bootstrap (Webb, 999 draws)"
    assert (first["estimate"], first["std_error"], first["statistic"]) == (1.0, 1.0, 1.0)
    pd.testing.assert_series_equal(pd.Series(second), pd.Series(rows().to_dict("records")[1]))


def test_end_that_the_interval_does_not_have_is_infinite():
    note = "Webb, 999 draws; interval has no lower end within 64 standard errors"
    row = with_bootstrap(rows(), inference(ci_low=np.nan, note=note)).iloc[0]
    assert (row["ci_low"], row["ci_high"]) == (-np.inf, 4.0)
    assert row["p_method"] == "wild cluster bootstrap (Webb, 999 draws)"
    assert row["note"] == "interval has no lower end within 64 standard errors"


def test_where_no_bootstrap_was_tried_the_t_distribution_stays():
    pd.testing.assert_frame_equal(with_bootstrap(rows(), inference().iloc[:0]), rows())


def test_bootstrap_that_failed_leaves_the_t_distribution_and_its_reason_in_the_row():
    failed = inference(p_value=np.nan, note="not available: one cluster identifies it")
    found = with_bootstrap(rows(), failed)
    pd.testing.assert_frame_equal(found.drop(columns="note"), rows().drop(columns="note"))
    reason = "wild cluster bootstrap not available: one cluster identifies it"
    assert found["note"].tolist() == [reason, ""]


def test_what_is_withheld_stays_withheld():
    silent = rows("too few clusters: 5 < 10")
    pd.testing.assert_frame_equal(with_bootstrap(silent, inference()), silent)
