from underbalance.bench import benchmark_table

HEADER = "s\th:m:s\tmax_rss\tmax_vms\tmax_uss\tmax_pss\tio_in\tio_out\tmean_load\tcpu_time"


def test_jobs_are_listed_slowest_first_with_their_sum(tmp_path):
    (tmp_path / "fast.tsv").write_text(f"{HEADER}\n0.50\t0:00:00\t90.4\t1\t1\t1\t0\t0\t0\t0\n")
    (tmp_path / "slow.tsv").write_text(f"{HEADER}\n2.25\t0:00:02\t131.6\t1\t1\t1\t0\t0\t0\t0\n")
    lines = [line.split() for line in benchmark_table(tmp_path).splitlines()]
    assert lines[1:] == [["slow", "2.25", "132"], ["fast", "0.50", "90"], ["all", "jobs", "2.75"]]


def test_job_too_short_to_be_measured_shows_a_dash_for_memory(tmp_path):
    dashes = "\t".join(["-"] * 8)
    (tmp_path / "short.tsv").write_text(f"{HEADER}\n0.01\t0:00:00\t{dashes}\n")
    assert benchmark_table(tmp_path).splitlines()[1].split() == ["short", "0.01", "–"]


def test_no_run_yet_is_said_with_what_to_do(tmp_path):
    assert "run `make` first" in benchmark_table(tmp_path)
