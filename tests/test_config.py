import pytest
import yaml
from underbalance.config import (
    parse_config,
    read_codings,
    read_config,
    read_groups,
)
from underbalance.errors import Fault, FaultsError
from underbalance.yaml_files import read_yaml

CODING = {
    "label": "Economic obstacle",
    "concept": "economic",
    "transform": "z",
    "aggregate": "mean",
    "components": [{"variable": "debt", "sign": 1}, {"variable": "growth_3y", "sign": -1}],
    "min_components": 1,
}
GROUP = {"label": "label", "members": ["JPN"], "years": "all"}


@pytest.fixture
def settings() -> dict:
    return read_yaml(read_config.__defaults__[0])


def faults_of(read, *arguments) -> tuple[Fault, ...]:
    with pytest.raises(FaultsError) as error:
        read(*arguments)
    return error.value.faults


def named(tmp_path, read, content) -> tuple[Fault, ...]:
    """Faults of a file that holds one thing by the name ``x``."""
    path = tmp_path / "file.yaml"
    path.write_text(yaml.safe_dump({"x": content}), encoding="utf-8")
    return faults_of(read, path)


def test_shipped_files_are_read():
    assert read_config().sample in read_groups()
    assert {"political", "economic"} <= set(read_codings())


# --- config.yaml -------------------------------------------------------------------------


def test_unknown_key_is_told_with_the_nearest_known_one(settings):
    settings["min_cluster"] = 5
    (fault,) = faults_of(parse_config, settings)
    assert (fault.where, fault.rule, fault.value) == ("key min_cluster", "unknown key", "5")
    assert "min_clusters" in fault.allowed
    assert fault.mend == "did you mean `min_clusters`?"


def test_unknown_key_like_no_other_is_to_be_removed(settings):
    settings["zzz"] = 5
    (fault,) = faults_of(parse_config, settings)
    assert fault.mend == "remove the key"


def test_unknown_key_inside_another_is_told_with_its_path(settings):
    settings["reference"]["frist_year"] = 1990
    (fault,) = faults_of(parse_config, settings)
    assert fault.where == "key reference.frist_year"
    assert fault.allowed == "sample, first_year, last_year"
    assert fault.mend == "did you mean `first_year`?"


def test_missing_key_is_told_with_the_line_to_add(settings):
    del settings["seed"]
    (fault,) = faults_of(parse_config, settings)
    assert (fault.where, fault.rule) == ("key seed", "this key is required")
    assert fault.mend.startswith("add `seed:")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("first_year", "many"),
        ("first_year", 1900),
        ("first_year", 1985.5),
        ("first_year", "1985"),
        ("seed", True),
        ("confidence_level", "0.95"),
        ("sample", 5),
        ("sample", ["core"]),
        ("confidence_level", 95),
        ("election_valid_years", 0),
        ("min_clusters", 1),
        ("seed", -1),
        ("bootstrap_replications", 10),
        ("bootstrap_draws", 10),
        ("permutations", "many"),
        ("reference", "core"),
    ],
)
def test_value_of_the_wrong_kind_or_size_is_told_with_what_was_found(settings, key, value):
    settings[key] = value
    (fault,) = faults_of(parse_config, settings)
    assert (fault.where, fault.value) == (f"key {key}", repr(value))
    assert fault.allowed
    assert fault.mend == "correct the value"


def test_reversed_years_are_a_fault_that_names_both(settings):
    settings |= {"first_year": 2020, "last_year": 1990}
    (fault,) = faults_of(parse_config, settings)
    assert fault.value == "2020 and 1990"
    one_year = settings["reference"] | {"first_year": 2020, "last_year": 2020}
    assert parse_config(settings | {"last_year": 2020, "reference": one_year}).last_year == 2020


def test_reversed_reference_years_are_told_with_their_place(settings):
    settings["reference"] |= {"first_year": 2020, "last_year": 1990}
    (fault,) = faults_of(parse_config, settings)
    assert fault.where == "key reference"


@pytest.mark.parametrize(
    ("change", "where", "told"),
    [
        ({"quantiles": [0.5, 1.0]}, "key typology.quantiles.1", "less than 1"),
        ({"quantiles": [0.0]}, "key typology.quantiles.0", "greater than 0"),
        ({"quantiles": [50]}, "key typology.quantiles.0", "less than 1"),
        ({"quantiles": []}, "key typology.quantiles", "at least 1 item"),
        ({"quantiles": [0.5, 0.75, 0.5]}, "key typology", "every quantile must be there once"),
        ({"period_years": 0}, "key typology.period_years", "greater than or equal to 1"),
        ({"social": "political"}, "key typology", "two different codings"),
        ({"quantile": 0.5}, "key typology.quantile", "unknown key"),
    ],
)
def test_wrong_setting_of_the_typology_is_told_with_its_place(settings, change, where, told):
    settings["typology"] |= change
    (fault,) = faults_of(parse_config, settings)
    assert fault.where == where
    assert told in fault.rule


def test_quantiles_need_no_order_and_keep_theirs(settings):
    settings["typology"] |= {"quantiles": [0.75, 0.5]}
    assert parse_config(settings).typology.quantiles == (0.75, 0.5)


def test_every_fault_of_the_settings_is_told_at_once(settings):
    settings |= {"zzz": 1, "seed": -1, "sample": 5}
    assert {fault.where for fault in faults_of(parse_config, settings)} == {
        "key zzz",
        "key seed",
        "key sample",
    }


# --- groups, codings ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "content", "where", "told"),
    [
        (read_groups, GROUP | {"members": []}, "key x.members", "at least 1 item"),
        (read_groups, GROUP | {"years": "some"}, "key x.years", "'committed' or 'all'"),
        (read_groups, GROUP | {"exept": []}, "key x.exept", "unknown key"),
        (read_groups, "JPN", "key x", "dictionary"),
        (read_codings, CODING | {"min_components": 3}, "key x", "at most the number of"),
        (read_codings, CODING | {"components": []}, "key x.components", "at least 1 item"),
        (read_codings, CODING | {"quantile": 1.5}, "key x.quantile", "less than 1"),
        (read_codings, CODING | {"quantile": 0.0}, "key x.quantile", "greater than 0"),
        (read_codings, CODING | {"transform": "above"}, "key x", "quantile belongs to"),
        (read_codings, CODING | {"quantile": 0.5}, "key x", "quantile belongs to"),
        (read_codings, CODING | {"transform": "rescale"}, "key x", "range belongs to"),
        (read_codings, CODING | {"transform": "log"}, "key x.transform", "'rescale'"),
        (read_codings, CODING | {"concept": "religious"}, "key x.concept", "'political'"),
        (read_codings, CODING | {"aggregate": "sum"}, "key x", "must be 2"),
        (read_codings, CODING | {"aggregate": "first_component"}, "key x", "must be 2"),
        (
            read_codings,
            CODING | {"components": [{"variable": "debt", "sign": 1}] * 2},
            "key x",
            "named twice",
        ),
        (
            read_codings,
            CODING | {"components": [{"variable": "debt", "sign": 1, "range": [2, 0]}]},
            "key x.components.0",
            "first below the second",
        ),
        (
            read_codings,
            CODING | {"reference": {"sample": "core", "first_year": 1990}},
            "key x.reference.last_year",
            "required",
        ),
        (
            read_codings,
            CODING
            | {"reference": {"sample": "c", "first_year": 1990, "last_year": 1991, "group": "c"}},
            "key x.reference.group",
            "sample, first_year, last_year",
        ),
        (
            read_codings,
            CODING | {"components": [{"variable": "debt", "sign": 2}]},
            "key x.components.0.sign",
            "1 or -1",
        ),
        (
            read_codings,
            CODING | {"components": [{"variable": "debt", "sign": 1, "sgn": 1}]},
            "key x.components.0.sgn",
            "unknown key",
        ),
    ],
)
def test_wrong_entry_is_told_with_its_name_key_and_what_is_allowed(
    tmp_path, read, content, where, told
):
    (fault,) = named(tmp_path, read, content)
    assert fault.where == where
    assert told in f"{fault.rule} {fault.allowed}"


def test_rule_on_several_keys_says_what_was_found(tmp_path):
    (fault,) = named(tmp_path, read_codings, CODING | {"min_components": 3})
    assert fault.value == "3"
    assert fault.rule == "min_components must be at most the number of components: 2"


def test_bound_of_a_number_is_told_in_plain_words(settings):
    settings["confidence_level"] = 95
    (fault,) = faults_of(parse_config, settings)
    assert (fault.rule, fault.allowed) == ("the value must be less than 1", "less than 1")


def test_suggestion_inside_a_list_is_a_key_of_its_items(tmp_path):
    component = {"varaible": "debt", "variable": "debt", "sign": 1}
    (fault,) = named(tmp_path, read_codings, CODING | {"components": [component]})
    assert fault.mend == "did you mean `variable`?"


def test_exceptions_of_a_group_are_written_as_except(tmp_path):
    path = tmp_path / "groups.yaml"
    path.write_text("g: {label: l, members: [A], except: [B], years: all}", encoding="utf-8")
    assert read_groups(path)["g"].except_ == ("B",)


def test_faults_of_every_entry_are_told_at_once(tmp_path):
    path = tmp_path / "file.yaml"
    wrong = {"a": GROUP | {"years": "some"}, "b": GROUP, "c": GROUP | {"members": []}}
    path.write_text(yaml.safe_dump(wrong), encoding="utf-8")
    found = [fault.where for fault in faults_of(read_groups, path)]
    assert found == ["key a.years", "key c.members"]


# --- YAML --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rule", "told"),
    [
        ("sample: core\nsample: seed\n", "written once", "line 1 and in line 2"),
        ("a:\n  b: 1\n  b: 2\n", "written once", "line 2 and in line 3"),
        ("a:\n\tb: 1\n", "valid YAML", "line 2"),
        ("a: [1\n", "valid YAML", "line 2"),
        ("- a\n- b\n", "names with values", "list"),
        ("", "names with values", "NoneType"),
        ("only text", "names with values", "str"),
    ],
    ids=["key twice", "inner key twice", "tab", "open bracket", "list", "empty", "text"],
)
def test_file_that_is_no_mapping_is_a_fault_that_names_the_place(tmp_path, text, rule, told):
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    (fault,) = faults_of(read_yaml, path)
    assert (fault.file, fault.where) == (str(path), "file")
    assert rule in fault.rule
    assert told in fault.value


def test_wrong_yaml_is_told_with_its_place_and_what_usually_causes_it(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text("a: b\ntitle: Effort: variance\n", encoding="utf-8")
    (fault,) = faults_of(read_yaml, path)
    assert fault.value == "line 2, column 14: mapping values are not allowed here"
    assert "indentation" in fault.mend
    assert "a colon (`title: Effort: variance`) lacks its quotes" in fault.mend


def test_bracket_left_open_is_told_with_the_line_where_it_begins(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text("a: [1\nb: 2\n", encoding="utf-8")
    (fault,) = faults_of(read_yaml, path)
    assert "that begins in line 1" in fault.value


def test_misspelt_choice_is_told_with_the_closest(tmp_path):
    (fault,) = named(tmp_path, read_codings, CODING | {"transform": "resscale"})
    assert fault.mend == "did you mean `rescale`?"


def test_missing_file_is_told_with_the_command_that_restores_it(tmp_path):
    path = tmp_path / "config.yaml"
    (fault,) = faults_of(read_yaml, path)
    assert fault.value == "no such file"
    assert fault.mend == f"restore it with `git checkout -- {path}`, or correct the path"


def test_file_in_another_encoding_is_a_fault(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text("label: Türkei", encoding="latin1")
    (fault,) = faults_of(read_yaml, path)
    assert "utf-8" in fault.value


def test_years_that_would_cut_the_reference_sample_are_refused(settings):
    settings |= {"first_year": 2000}
    (fault,) = faults_of(parse_config, settings)
    assert fault.where == "the settings together"
    assert "1990 to 2023" in fault.rule


@pytest.mark.parametrize("name", ["Delivery model", "delivery-2", "2nd", "../x"])
def test_name_that_is_not_fit_for_a_file_is_refused(tmp_path, name):
    path = tmp_path / "file.yaml"
    path.write_text(yaml.safe_dump({name: CODING}), encoding="utf-8")
    (fault,) = faults_of(read_codings, path)
    assert fault.where == f"name {name}"
