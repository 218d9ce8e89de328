import pytest
from underbalance.check import check_inputs
from underbalance.check_extension_rivals import contradiction_faults, rival_faults
from underbalance.check_extensions import extension_faults
from underbalance.config import read_config
from underbalance.errors import FaultsError

QATAR = "QAT,Qatar,694,rival"
SYRIA = "Syria,middle_east,652,652,"


@pytest.fixture
def with_rivals(extension):
    """Write an extension with a list of rivals, each of which a rivalry names."""

    def write(*rows: str, iso3="EGY", **how):
        named = [f"{row[:3]},tss,2013,,0,0,1,0,0,0" for row in rows]
        folder = extension(iso3, rivalries=named, **how)
        lines = "".join(f"{row}\n" for row in ("iso3,name,cow_code,role", *rows))
        (folder / "rivals.csv").write_text(lines)
        return folder

    return write


def test_listed_rival_that_a_rivalry_names_is_sound(with_rivals):
    with_rivals(QATAR)
    assert extension_faults(["EGY"]) == []


def test_rivalry_with_a_state_that_no_list_has_is_refused(with_rivals):
    (with_rivals(QATAR) / "rivals.csv").unlink()
    (fault,) = extension_faults(["EGY"])
    assert (fault.file.rpartition("/")[2], fault.value) == ("rivalries.csv", "QAT")


def test_extension_without_a_list_has_no_fault_of_it(extension):
    extension()
    assert rival_faults("EGY") == []


def test_broken_rivalries_are_not_told_as_unnamed_rivals(with_rivals):
    folder = with_rivals(QATAR)
    (folder / "rivalries.csv").write_bytes(b"iso3,rival\n\xff\xfe\n")
    assert rival_faults("EGY") == []


def test_opponent_is_named_by_a_dispute(with_rivals):
    folder = with_rivals(QATAR.replace("rival", "opponent"))
    (fault,) = rival_faults("EGY")
    assert fault.rule == "a listed opponent must be named by a row of disputes"
    (folder / "disputes.csv").write_text("iso3,opponent\nEGY,QAT\n")
    assert rival_faults("EGY") == []


def test_extensions_that_list_the_same_rival_do_not_contradict_each_other(with_rivals):
    with_rivals(QATAR)
    with_rivals(QATAR, iso3="SYR", ally=SYRIA)
    assert contradiction_faults(["EGY", "SYR"]) == []


@pytest.mark.parametrize(
    "row",
    ["QAT,Qatar,699,rival", "QAT,Katar,694,rival", "QTR,Qatar,694,rival"],
    ids=["number", "name", "code"],
)
def test_extensions_that_describe_a_rival_otherwise_are_told(with_rivals, row):
    with_rivals(QATAR)
    with_rivals(row, iso3="SYR", ally=SYRIA)
    (fault,) = contradiction_faults(["EGY", "SYR"])
    assert fault.file.endswith("SYR/rivals.csv")
    assert "QAT, Qatar, 694" in fault.allowed


def test_ally_of_one_extension_may_be_the_rival_of_another(with_rivals):
    with_rivals(QATAR)
    with_rivals("ETH,Ethiopia,530,rival", iso3="QAT", ally="Qatar,middle_east,694,694,")
    assert contradiction_faults(["EGY", "QAT"]) == []


@pytest.mark.parametrize("sample", ["core+EGY+SYR", "core+EGY"])
def test_contradiction_is_a_fault_of_a_run_with_both_only(with_rivals, sample):
    with_rivals(QATAR)
    with_rivals("QAT,Katar,694,rival", iso3="SYR", ally=SYRIA)
    settings = {**read_config().model_dump(by_alias=True), "sample": sample}
    if sample == "core+EGY":
        check_inputs(settings)
        return
    with pytest.raises(FaultsError, match="describe a state alike"):
        check_inputs(settings)
