import pandas as pd
import pytest
from underbalance.config import Group, read_groups
from underbalance.errors import FaultsError
from underbalance.registry import read_allies
from underbalance.samples import in_sample, members_of, of_allies, resolve_sample

LISTED = pd.DataFrame(
    {"iso3": ["JPN", "KOR", "TWN", "DEU"], "region": ["asia", "asia", "asia", "europe"]}
)
ADD = "`underbalance add-ally {} --since … --alliance …`"


def group(*members: str, without: tuple[str, ...] = (), years: str = "all") -> Group:
    return Group.model_validate(
        {"label": "label", "members": members, "except": without, "years": years}
    )


def members(**groups: Group) -> set[str]:
    return set(members_of("g", groups, LISTED))


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (group("JPN"), {"JPN"}),
        (group("region:asia"), {"JPN", "KOR", "TWN"}),
        (group("region:asia", without=("TWN",)), {"JPN", "KOR"}),
        (group("other", "JPN"), {"JPN", "DEU"}),
        (group("region:asia", "DEU", without=("other",)), {"JPN", "KOR", "TWN"}),
        (group("JPN", without=("region:asia",)), set()),
    ],
)
def test_codes_regions_and_groups_are_resolved_and_exceptions_taken_out(definition, expected):
    assert members(g=definition, other=group("DEU")) == expected


def test_ally_of_an_extension_is_in_no_group_by_its_region():
    listed = LISTED.assign(extension=["", "", "TWN", ""])
    groups = {"all": group("region:asia"), "mine": group("all", "TWN")}
    assert members_of("all", groups, listed) == {"JPN", "KOR"}
    assert members_of("mine", groups, listed) == {"JPN", "KOR", "TWN"}


def test_group_reached_by_two_ways_is_no_circle():
    groups = {"g": group("a", "b"), "a": group("c"), "b": group("c"), "c": group("JPN")}
    assert members(**groups) == {"JPN"}


@pytest.mark.parametrize(
    ("groups", "chain"),
    [
        ({"g": group("g")}, "g → g"),
        ({"g": group("a"), "a": group("b"), "b": group("g")}, "g → a → b → g"),
        ({"g": group("JPN", without=("a",)), "a": group("g")}, "g → a → g"),
    ],
)
def test_circle_is_a_fault_that_shows_the_chain(groups, chain):
    with pytest.raises(FaultsError) as error:
        members(**groups)
    (fault,) = error.value.faults
    assert fault.rule == "a group must not contain itself"
    assert fault.value == chain


@pytest.mark.parametrize("name", ["JAP", "region:asien", "eu"])
def test_unknown_member_is_a_fault_that_lists_what_is_allowed(name):
    with pytest.raises(FaultsError) as error:
        members(g=group("JPN", name))
    (fault,) = error.value.faults
    assert (fault.file, fault.where, fault.value) == ("config/groups.yaml", "group g", name)
    assert "region:asia, region:europe" in fault.allowed


def test_unknown_group_is_a_fault():
    with pytest.raises(FaultsError, match="unknown group"):
        members_of("core", {"g": group("JPN")}, LISTED)


@pytest.mark.parametrize(("years", "expected"), [("committed", [False, True]), ("all", [True] * 2)])
def test_years_say_whether_a_commitment_is_needed(years, expected):
    ally_years = pd.DataFrame({"iso3": ["JPN", "JPN", "KOR"], "is_ally": [False, True, True]})
    found = in_sample(ally_years, group("JPN", years=years), frozenset({"JPN"}))
    assert found.tolist() == [*expected, False]


def test_core_is_every_nato_member_but_the_usa_and_the_pacific_allies(allies):
    core = members_of("core", read_groups(), allies)
    pacific = {"AUS", "JPN", "KOR", "NZL", "PHL", "THA"}
    # NATO has 32 members since Sweden joined in 2024
    assert pacific < core
    assert len(core - pacific) == 32 - 1
    assert members_of("extended", read_groups(), allies) == core | {"ISR", "TWN"}
    assert members_of("seed", read_groups(), allies) == {"JPN", "KOR"}


GROUPS = {
    "core": group("JPN", "KOR", "DEU", years="committed"),
    "everyone": group("region:asia", "DEU"),
    "asia": group("region:asia", without=("TWN",), years="committed"),
}
ALLIES = LISTED.assign(name=["Japan", "South Korea", "Taiwan", "Germany"])


def resolved(text: str):
    labelled = {
        name: one.model_copy(update={"label": f"Allies of {name}"}) for name, one in GROUPS.items()
    }
    return resolve_sample(text, labelled, ALLIES)


def test_one_group_is_taken_as_it_is_defined():
    sample = resolved("everyone")
    assert (sample.name, sample.label) == ("everyone", "Allies of everyone")
    assert sample.group.years == "all"
    assert sample.members == {"JPN", "KOR", "TWN", "DEU"}


@pytest.mark.parametrize("text", ["core+TWN", " core , twn", "TWN,core", "core+TWN+TWN,core"])
def test_groups_come_first_and_every_name_once(text):
    sample = resolved(text)
    assert sample.name == "core+TWN"
    assert sample.members == {"JPN", "KOR", "DEU", "TWN"}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("KOR,DEU,JPN", "DEU+JPN+KOR", "Germany, Japan and South Korea"),
        ("KOR", "KOR", "South Korea"),
        ("core+TWN", "core+TWN", "Allies of core, and Taiwan"),
        ("core+TWN+DEU", "core+DEU+TWN", "Allies of core, and Germany and Taiwan"),
        ("asia+core", "asia+core", "Allies of asia and Allies of core"),
    ],
)
def test_names_and_labels_of_samples_made_of_several_names(text, name, label):
    sample = resolved(text)
    assert (sample.name, sample.label) == (name, label)
    assert sample.group.years == "committed"


def test_code_of_an_ally_that_the_group_has_stays_in_the_name():
    # it is what brings an extension of that ally into force
    assert resolved("core+JPN").name == "core+JPN"
    assert resolved("core+JPN").members == resolved("core").members


def test_every_unknown_name_is_told_with_what_it_may_mean():
    with pytest.raises(FaultsError) as error:
        resolved("cor+JPM+zzzzz")
    assert [(fault.value, fault.mend) for fault in error.value.faults] == [
        ("cor", "did you mean `core`?"),
        ("JPM", "did you mean `JPN`? Or add the ally: " + ADD.format("JPM")),
        ("zzzzz", "correct the name, or add the group or the ally first"),
    ]


@pytest.mark.parametrize("text", ["", " ", "+,"])
def test_no_name_is_a_fault(text):
    with pytest.raises(FaultsError, match="a sample is a group"):
        resolved(text)


def test_rows_of_some_allies_or_of_all():
    rows = pd.DataFrame({"iso3": ["JPN", "DEU"]})
    assert list(of_allies(rows, ["DEU", "POL"])["iso3"]) == ["DEU"]
    assert of_allies(rows, []) is rows


@pytest.mark.parametrize(
    ("name", "meant"), [("EGY", ""), ("egy", ""), ("JPM", "did you mean `JPN`? Or ")]
)
def test_code_of_no_ally_is_told_how_to_be_added(name, meant):
    with pytest.raises(FaultsError) as error:
        resolve_sample(f"core+{name}", read_groups(), read_allies())
    (fault,) = error.value.faults
    assert fault.mend == f"{meant}add the ally: {ADD.format(name.upper())}"


def test_code_of_no_ally_in_a_group_is_told_how_to_be_added():
    with pytest.raises(FaultsError) as error:
        members(g=group("EGY"))
    assert "`underbalance add-ally EGY " in error.value.faults[0].mend


def test_short_name_close_to_a_group_is_taken_for_it():
    with pytest.raises(FaultsError) as error:
        resolve_sample("cor", read_groups(), read_allies())
    assert error.value.faults[0].mend == "did you mean `core`?"
