import pandas as pd
import pytest
from underbalance import bench_cox
from underbalance.bench_cox import cox_table, simulated


def test_times_of_ours_lifelines_and_r_are_printed_with_ratios(monkeypatch):
    monkeypatch.setattr(bench_cox, "_in_r", lambda data, repeats: 0.5)
    lines = cox_table(rows=300, repeats=1).splitlines()
    assert "300 rows" in lines[0]
    assert [line.split()[0] for line in lines[2:]] == ["underbalance.models.cox", "lifelines", "R"]
    assert lines[2].endswith(" 1.0x")
    assert "500.0" in lines[4]


def test_absence_of_r_is_said(monkeypatch):
    monkeypatch.setattr(bench_cox.shutil, "which", lambda name: None)
    assert "no Rscript with the package survival" in cox_table(rows=300, repeats=1)


def test_data_are_the_same_at_every_call_with_ties_and_late_entry():
    rows = simulated(500)
    pd.testing.assert_frame_equal(rows, simulated(500))
    assert rows["stop"].duplicated().any()
    assert (rows["start"] > 0).any()
    assert (rows["stop"] > rows["start"]).all()


@pytest.mark.simulation
def test_fit_is_twenty_times_faster_than_lifelines():
    lines = [line.split() for line in cox_table(repeats=5).splitlines()]
    assert float(lines[3][-1].rstrip("x")) > 20
    # Measured 30 ms on an idle core; the limit leaves room for a busy machine.
    assert float(lines[2][1]) < 300
