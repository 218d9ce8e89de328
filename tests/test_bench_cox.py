import pandas as pd
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
