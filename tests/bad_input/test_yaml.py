"""Mistakes in the YAML files of config/."""

import pytest
from bad_input.case import Case, hold, parametrised
from bad_input.yaml_cases import CATALOGUE


@parametrised(CATALOGUE)
def test_mistake_is_told_or_changes_nothing(case: Case, light_project):
    hold(case, light_project)


@pytest.mark.parametrize("value", ["core", "JPN"])
def test_alias_that_stands_for_one_value_is_read_as_it(light_project, value):
    from underbalance.yaml_files import read_yaml

    path = light_project / "config/a.yaml"
    path.write_text(f"a: &one {value}\nb: *one\n", encoding="utf-8")
    assert read_yaml(path) == {"a": value, "b": value}
