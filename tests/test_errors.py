import pytest
from underbalance.errors import SHOWN_PER_FILE, Fault, FaultsError, format_faults, raise_if_any


def fault(file: str = "a.csv", where: str = "line 2") -> Fault:
    return Fault(file, where, "the rule", "the value", "the allowed", "the mend")


def test_message_says_file_place_rule_value_allowed_and_mend():
    assert format_faults([fault()]) == (
        "1 fault in the input:\n\n"
        "a.csv\n"
        "  line 2: the rule\n"
        "    found:   the value\n"
        "    allowed: the allowed\n"
        "    mend:    the mend"
    )


def test_faults_of_one_file_stand_together_in_the_order_of_the_files():
    text = format_faults([fault("b.csv"), fault("a.csv"), fault("b.csv", "line 9")])
    assert text.startswith("3 faults in the input:")
    assert text.count("the rule") == 3
    assert [line for line in text.splitlines() if line.endswith(".csv")] == ["b.csv", "a.csv"]
    assert text.index("line 9") < text.index("a.csv")


def test_long_list_of_faults_is_cut_for_the_reader_but_kept_whole():
    many = [fault(where=f"line {number}") for number in range(SHOWN_PER_FILE + 3)]
    error = FaultsError(many)
    assert str(error).count("the rule") == SHOWN_PER_FILE
    assert "… and 3 more faults in this file" in str(error)
    assert len(error.faults) == SHOWN_PER_FILE + 3


def test_nothing_is_raised_without_a_fault():
    raise_if_any([])
    with pytest.raises(FaultsError):
        raise_if_any([fault()])
