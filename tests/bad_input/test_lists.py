"""Mistakes in the lists of config/."""

from bad_input.case import Case, hold, parametrised
from bad_input.list_cases import CATALOGUE


@parametrised(CATALOGUE)
def test_mistake_is_told_or_changes_nothing(case: Case, light_project):
    hold(case, light_project)
