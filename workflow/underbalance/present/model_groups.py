"""Which models stand side by side in which table."""

from __future__ import annotations

from collections.abc import Mapping

from underbalance.specifications import Specification

MOST_COLUMNS = 5  # models that fit on the width of a page
OTHER = "other"


def model_groups(specs: Mapping[str, Specification]) -> dict[str, tuple[str, ...]]:
    """Return the specifications of each table, by its name.

    Models of one hypothesis and role stand together, in the order of config/models.yaml, a few
    on each table: ``models_H2``, ``models_H2_beside_1``. Those that test nothing are
    ``models_other``.
    """
    together: dict[str, list[str]] = {}
    for spec_id, spec in specs.items():
        role = "" if spec.role == "primary" else f"_{spec.role}"
        together.setdefault(f"models_{hypothesis_of(spec)}{role}", []).append(spec_id)
    found = {}
    for name, ids in together.items():
        parts = [tuple(ids[k : k + MOST_COLUMNS]) for k in range(0, len(ids), MOST_COLUMNS)]
        for number, part in enumerate(parts, start=1):
            found[f"{name}_{number}" if len(parts) > 1 else name] = part
    return found


def hypothesis_of(spec: Specification) -> str:
    """Return the hypothesis that a specification tests first."""
    return spec.tests[0].hypothesis if spec.tests else OTHER
