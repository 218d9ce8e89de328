"""Operations that choose: which source, which election, which of two coders, which change."""

from __future__ import annotations

from collections.abc import Callable

from underbalance.explain.tree import Cell, Node, RawRow

CONFIDENCE = ("low", "medium", "high")
CONSENT_WORDS = ("Consent condition", "consent clause")
CEILING_OF_JAPAN = ("1997-06-03", "1998-12-17")


def _observed_in_order(node: Node) -> Cell:
    """Return the observed value of the first source, or else of the second."""
    observed = {
        row.key["source"]: row.values["value"]
        for row in node.rows
        if row.values["status"] == "observed"
    }
    return observed.get(node.parameters["first"], observed.get(node.parameters["second"]))


def _election_in_force(node: Node) -> Cell:
    """Return the value of the source's last election by 31 December, if it is not too old."""
    year, valid = int(_number(node, "year")), int(_number(node, "valid_years"))
    counting = [
        row
        for row in node.rows
        if row.key.get("source") == node.parameters["source"] and _date(row) <= f"{year}-12-31"
    ]
    last = max(counting, key=_date, default=None)
    if last is None or year - int(_date(last)[:4]) > valid:
        return None
    return last.values["enpp"]


def _change_of_leader(node: Node) -> Cell:
    """Return 1 for a start within the window of someone else who does not act for another.

    The first row is of the line of leaders, the others are of its sources.
    """
    stated, spell = node.parameters, node.rows[0].values
    before, leader, start = stated["before"], spell["leader"], str(spell["start"])
    within = str(stated["window_start"]) <= start <= str(stated["window_end"])
    return int(within and not spell["interim"] and before is not None and leader != before)


def _value_of_the_coder(node: Node) -> Cell:
    """Return the value of a coder under the two clarified rules (coding/CODEBOOK.md)."""
    (row,) = node.rows
    value, item, day = row.values["value"], row.key["item"], str(node.parameters["day"])
    if value is None:
        return None
    if item == "defence_spending_ceiling" and row.key["iso3"] == "JPN":
        return float(CEILING_OF_JAPAN[0] <= day <= CEILING_OF_JAPAN[1])
    consent = any(words in str(row.values["note"]) for words in CONSENT_WORDS)
    if item == "basing_nuclear_space_limits" and row.key["coder"] == "b" and consent:
        return 0.0
    return value


def _adjudicated(node: Node) -> Cell:
    """Return the value both coders give, else the surer one's, else their mean."""
    a, b = (part.value for part in node.parts)
    if a is None or b is None:
        return b if a is None else a
    sure_of_a, sure_of_b = (_confidence(part) for part in node.parts)
    if sure_of_a != sure_of_b:
        return a if sure_of_a > sure_of_b else b
    return (float(a) + float(b)) / 2


def _confidence(coder: Node) -> int:
    word = coder.rows[0].values["confidence"]
    return CONFIDENCE.index(str(word)) if word in CONFIDENCE else -1


def _date(row: RawRow) -> str:
    return str(row.key["date"])


def _number(node: Node, name: str) -> float:
    value = node.parameters[name]
    assert value is not None  # an operation states its numbers
    return float(value)


CHOOSING: dict[str, Callable[[Node], Cell]] = {
    "observed value, first source before second": _observed_in_order,
    "value of the election in force": _election_in_force,
    "1 if a change of leader": _change_of_leader,
    "value of the coder, clarified": _value_of_the_coder,
    "adjudicated between the coders": _adjudicated,
}
