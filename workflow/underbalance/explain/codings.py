"""How an index came about: its components, their transformation, and the variables."""

from __future__ import annotations

from underbalance.coding.cuts import is_above
from underbalance.coding.recipes import Recipe, Scale
from underbalance.config import has_z_columns, is_primary
from underbalance.explain.facts import Facts
from underbalance.explain.tree import Cell, Node
from underbalance.explain.variables import variable_node

SCORED = {
    "z": "sign · (part − mean) / sd",
    "rescale": "(part − low) / (high − low)",
    "above": "1 if sign · part is above the cut",
    "none": "sign · part",
}
SCORE_LABEL = {
    "z": "{} (z-score)",
    "rescale": "{} (rescaled, 0 to 1)",
    "above": "{} (1 if high)",
    "none": "{} (with its sign)",
}
AGGREGATED = {
    "mean": "mean of the parts",
    "sum": "sum of the parts",
    "first_component": "weighted sum of the parts",
}
Z, COMPONENTS = "z_", "_components"


def node_of(facts: Facts, iso3: str, year: int, name: str) -> Node:
    """Return the node of a coding or of any other column of ally_year."""
    if name in facts.codings:
        return coding_node(facts, iso3, year, name)
    counted = name.removesuffix(COMPONENTS)
    if counted != name and counted in facts.codings:
        return _count_node(facts, iso3, year, counted)
    if name.startswith(Z) and name in facts.ally_year:
        return _z_node(facts, iso3, year, name)
    return variable_node(facts, iso3, year, name)


def coding_node(facts: Facts, iso3: str, year: int, name: str) -> Node:
    """Return an index with its components, down to the raw rows, and its place.

    Raises
    ------
    FaultsError : if the results were made without the coding.
    """
    recipe = facts.recipe(name)
    value = facts.value(name, iso3, year)
    parts = _scores(facts, iso3, year, recipe)
    return Node(
        name,
        recipe.coding.label,
        value,
        AGGREGATED[recipe.coding.aggregate],
        facts.unit(name),
        _stated(recipe, parts),
        parts,
        note=_rule(facts, recipe, parts, value),
        place=_place(facts, name, value),
    )


def _scores(facts: Facts, iso3: str, year: int, recipe: Recipe) -> tuple[Node, ...]:
    return tuple(_score(facts, iso3, year, recipe, scale) for scale in recipe.scales)


def _score(facts: Facts, iso3: str, year: int, recipe: Recipe, scale: Scale) -> Node:
    """Return one component: the variable on the scale of the index."""
    variable = node_of(facts, iso3, year, scale.variable)
    named = f"{Z}{scale.variable}" if scale.transform == "z" else f"{scale.variable} scaled"
    numbers = {name: getattr(scale, name) for name in ("sign", "mean", "sd", "low", "high", "cut")}
    return Node(
        named,
        SCORE_LABEL[scale.transform].format(variable.label),
        _score_value(facts, iso3, year, recipe, scale),
        SCORED[scale.transform],
        "standard deviations" if scale.transform == "z" else "",
        {name: number for name, number in numbers.items() if number is not None},
        (variable,),
        note=_source_of_numbers(facts, recipe, scale),
    )


def _score_value(facts: Facts, iso3: str, year: int, recipe: Recipe, scale: Scale) -> Cell:
    """Return the coded z-score where it is a column of ally_year, else what the engine makes."""
    column = f"{Z}{scale.variable}"
    if has_z_columns(recipe.name, recipe.coding) and column in facts.ally_year:
        return facts.value(column, iso3, year)
    return facts.scaled(scale, iso3, year)


def _stated(recipe: Recipe, parts: tuple[Node, ...]) -> dict[str, Cell]:
    stated: dict[str, Cell] = {"min_components": recipe.coding.min_components}
    if recipe.coding.aggregate == "first_component":
        weights = zip(recipe.scales, parts, strict=True)
        stated |= {f"weight of {part.name}": scale.weight for scale, part in weights}
    return stated


def _rule(facts: Facts, recipe: Recipe, parts: tuple[Node, ...], value: Cell) -> str:
    least, count = recipe.coding.min_components, len(parts)
    rule = facts.formula(recipe.name) or f"at least {least} of {count}"
    if value is not None:
        return rule
    unknown = [part.parts[0].name for part in parts if part.value is None]
    return f"{rule}. Missing: {count - len(unknown)} known; not known: {', '.join(unknown)}"


def _source_of_numbers(facts: Facts, recipe: Recipe, scale: Scale) -> str:
    """Return in words where the numbers of a transformation come from."""
    reference = recipe.coding.reference or facts.config.reference
    sample = f"{reference.sample}, {reference.first_year}–{reference.last_year}"
    match scale.transform:
        case "z":
            return f"mean and standard deviation of the reference sample ({sample})"
        case "above":
            quantile = recipe.coding.quantile
            return f"cut: quantile {quantile} of sign · part in the reference sample ({sample})"
        case "rescale":
            turned = ", turned round: 1 − share, since sign is −1" if scale.sign < 0 else ""
            return f"low and high: the possible range{turned}"
    return ""


def _place(facts: Facts, name: str, value: Cell) -> dict[str, Cell]:
    """Return where a value lies among those of the reference sample, and if it counts as high."""
    if value is None:
        return {}
    quantile = facts.quantiles[0]
    threshold = facts.reference.quantile(name, quantile)
    return {
        "reference ally-years": facts.reference.count(name),
        "percent of them below": facts.reference.percent_below(name, float(value)),
        f"threshold (quantile {quantile})": threshold,
        "high": is_above(float(value), threshold),
    }


def _count_node(facts: Facts, iso3: str, year: int, coding: str) -> Node:
    """Return how many components of an index are known."""
    name = f"{coding}{COMPONENTS}"
    parts = _scores(facts, iso3, year, facts.recipe(coding))
    value, label = facts.value(name, iso3, year), facts.label(name)
    return Node(name, label, value, "number of known parts", facts.unit(name), parts=parts)


def _z_node(facts: Facts, iso3: str, year: int, name: str) -> Node:
    """Return the component of the primary coding whose z-score is a column of ally_year."""
    coding = next(
        coding
        for coding, stated in facts.codings.items()
        if is_primary(coding, stated)
        and name.removeprefix(Z) in [part.variable for part in stated.components]
    )
    return next(
        part for part in _scores(facts, iso3, year, facts.recipe(coding)) if part.name == name
    )
