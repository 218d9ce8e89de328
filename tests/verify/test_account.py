"""What `make verify` says of a run, and its exit status."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from underbalance.cli import main
from underbalance.places import run_in
from underbalance.verify.account import renew, verify

Make = Callable[..., Path]
SCORECARD = "results/scorecard.csv"
ESTIMATE = ("-0.1411,0.0481", "-0.1511,0.0481")


@pytest.fixture
def reference(make_run: Make) -> Path:
    """The numbers of the small run, kept."""
    folder = make_run()
    kept = folder / "headline.json"
    assert renew(kept, folder).status == 0
    return kept


def changed(old: str, new: str, folder: Path) -> dict[str, str]:
    text = (folder / SCORECARD).read_text(encoding="utf-8")
    assert old in text
    return {SCORECARD: text.replace(old, new)}


def text_of(reference: Path, folder: Path, status: int) -> str:
    account = verify(reference, folder)
    text = "\n".join(account.lines)
    assert account.status == status, text
    return text


def test_the_same_run_passes(reference: Path, make_run: Make) -> None:
    text = text_of(reference, make_run(), 0)
    assert f"pass     {SCORECARD}" in text
    assert text.endswith("verify: the run replicates " + reference.as_posix())


def test_a_changed_raw_value_is_traced_to_its_table(reference: Path, make_run: Make) -> None:
    folder = reference.parent
    files = {"data/raw/milex.csv": "iso3,year,share\nJPN,1998,0.97\n"}
    text = text_of(reference, make_run({**files, **changed(*ESTIMATE, folder)}), 1)
    assert f"DIFFERS  {SCORECARD}" in text
    assert "H3 model delivery social_lag1, estimate: -0.1411 → -0.1511" in text
    assert "  Raw table milex (sipri_milex): data/raw/milex.csv has changed." in text
    assert "deals" not in text
    assert "code" not in text.lower()


def test_a_changed_setting_is_named_with_both_values(reference: Path, make_run: Make) -> None:
    files = {"config/config.yaml": "bootstrap_draws: 199\n"}
    config = {"bootstrap_draws": 199, "reference": {"first_year": 1991}}
    files |= changed("0.0284,", "0.035,", reference.parent)
    text = text_of(reference, make_run(files, config=config), 1)
    assert "Setting bootstrap_draws of config/config.yaml: 9999 → 199." in text
    assert "Setting reference.first_year of config/config.yaml: 1990 → 1991." in text
    assert "config/config.yaml has changed" not in text


def test_another_library_is_named_with_both_versions(reference: Path, make_run: Make) -> None:
    libraries = {"numpy": "2.5.0", "scipy": "1.17.1"}
    folder = make_run(changed(*ESTIMATE, reference.parent), libraries=libraries)
    text = text_of(reference, folder, 1)
    assert "Library numpy: 2.4.6 → 2.5.0" in text
    assert "scipy" not in text


def test_without_another_reason_the_code_must_have_changed(reference: Path, make_run: Make) -> None:
    text = text_of(reference, make_run(changed(*ESTIMATE, reference.parent)), 1)
    assert "the code must have changed" in text


def test_a_difference_that_passes_is_not_explained(reference: Path, make_run: Make) -> None:
    libraries = {"numpy": "2.5.0", "scipy": "1.17.1"}
    text = text_of(reference, make_run(libraries=libraries), 0)
    assert "why" not in text


def test_a_result_edited_by_hand_is_found(reference: Path, make_run: Make) -> None:
    folder = make_run()
    for name, content in changed("-0.1411,", "-0.14110000001,", folder).items():
        (folder / name).write_text(content, encoding="utf-8")
    text = text_of(reference, folder, 1)
    assert f"EDITED   {SCORECARD} is not as the run wrote it" in text
    assert f"pass     {SCORECARD}" in text
    assert "1 file was edited after the run" in text


def test_an_edited_result_is_not_kept(reference: Path, make_run: Make) -> None:
    folder = make_run()
    before = reference.read_text(encoding="utf-8")
    (folder / SCORECARD).write_text("no table", encoding="utf-8")
    assert renew(reference, folder).status == 1
    assert reference.read_text(encoding="utf-8") == before


def test_a_verdict_must_be_the_same(reference: Path, make_run: Make) -> None:
    folder = make_run(changed("not supported", "supported", reference.parent))
    text = text_of(reference, folder, 1)
    assert "H2 model effort political_lag1, verdict: not supported → supported" in text


def test_a_row_that_is_gone_or_new_is_a_difference(reference: Path, make_run: Make) -> None:
    folder = make_run(changed("H3,model,delivery", "H3,model,adoption", reference.parent))
    text = text_of(reference, folder, 1)
    assert "H3 model delivery social_lag1: there → no such row" in text
    assert "H3 model adoption social_lag1: no such row → there" in text


def test_a_missing_result_is_no_finished_run(reference: Path, make_run: Make) -> None:
    folder = make_run()
    (folder / SCORECARD).unlink()
    assert f"results are missing: {SCORECARD}. Run `make`" in text_of(reference, folder, 2)


def test_no_manifest_is_no_finished_run(reference: Path, make_run: Make) -> None:
    folder = make_run()
    (folder / "results/manifest.json").unlink()
    text = text_of(reference, folder, 2)
    assert "there is no finished run: no results/manifest.json" in text


def test_data_newer_than_the_run_are_no_finished_run(reference: Path, make_run: Make) -> None:
    folder = make_run()
    (folder / "data/raw/milex.csv").write_text("iso3,year,share\n", encoding="utf-8")
    assert "changed since the run: data/raw/milex.csv" in text_of(reference, folder, 2)


def test_no_reference_is_said(make_run: Make, tmp_path: Path) -> None:
    assert "to compare with; --renew writes one" in text_of(tmp_path / "no.json", make_run(), 2)


def test_the_command_prints_the_account_and_exits_with_its_status(
    reference: Path, make_run: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_run())
    passed = CliRunner().invoke(main, ["verify", "--reference", str(reference)])
    assert (passed.exit_code, "replicates" in passed.output) == (0, True)
    Path("results/manifest.json").unlink()
    none = CliRunner().invoke(main, ["verify", "--reference", str(reference)])
    assert (none.exit_code, "run `make`" in none.output) == (2, True)


def test_of_another_sample_no_numbers_are_kept_and_it_says_how_to_keep_them(
    make_run: Make,
) -> None:
    folder = make_run(outputs={})
    (folder / "results").rename(folder / "europe")
    (folder / "results").mkdir()
    (folder / "europe").rename(folder / "results/europe")
    with run_in("results/europe"):
        for command in (verify, renew):
            account = command(None, folder)
            assert account.status == 2
            assert "no numbers are kept of the sample europe" in account.lines[0]
            assert "--sample europe --renew --reference" in account.lines[1]
        own = folder / "europe.json"
        assert renew(own, folder).status == 0
        assert "pass     results/europe/scorecard.csv" in text_of(own, folder, 0)


def test_a_run_of_another_sample_is_not_there_until_it_is_made(make_run: Make) -> None:
    folder = make_run()
    with run_in("results/europe"):
        (line,) = verify(None, folder).lines
    assert "no results/europe/manifest.json" in line
    assert "`make SAMPLE=europe`, then `make verify SAMPLE=europe`" in line
