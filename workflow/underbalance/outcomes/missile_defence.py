"""Missile-defence events of the cases: time between stages, setbacks, changes of direction."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from underbalance.config import Cases
from underbalance.errors import raise_if_any
from underbalance.outcomes.camps import camps_on, names_of, years_of
from underbalance.outcomes.case_list import line_faults
from underbalance.outcomes.event_days import day_bounds, years_between
from underbalance.outcomes.event_governments import days_of_government
from underbalance.schemas.case_codes import (
    ALL,
    CAMPS,
    CENSORED,
    EARLIER,
    NOT_KNOWN,
    NOT_RECORDED,
    NOT_RIGHTIST,
    REACHED,
    STEPS,
)

COMMITMENT = "commitment"
# what is said after one of these is no commitment to it
BINDING = ("agreement", "contract")


def case_events(events: pd.DataFrame, cases: Cases, periods: pd.DataFrame) -> pd.DataFrame:
    """Return the events of the cases by line of programmes, dated and with their government.

    Parameters
    ----------
    events : the facts table missile_defence_events.
    cases : which allies are cases, and the lines of their programmes.
    periods : :func:`underbalance.outcomes.camps.governments`.

    Returns
    -------
    The columns of ``events`` and: line, event (number within the ally, in the order of the
    middle days), earliest, middle, latest (days), head, camp (on the middle day, or of the
    head that the coding names when the date leaves several open), change
    (1 forward after back, -1 back after forward, else 0, within the line; events of
    direction 0 are passed over) and change_uncertain (the dates of the two events overlap).
    An event of several lines has a row for each.

    Raises
    ------
    FaultsError : when a line names an ally or programme that has no event.
    """
    raise_if_any(line_faults(events, cases))
    counts = events.groupby("iso3")["date"].transform("size")
    own = events[counts >= cases.min_events]
    dated = pd.concat([own, day_bounds(own["date"])], axis=1)
    dated = dated.sort_values(["iso3", "middle", "earliest"], kind="stable", ignore_index=True)
    dated["event"] = dated.groupby("iso3").cumcount() + 1
    days = dated[["iso3"]].assign(day=days_of_government(dated, periods))
    governed = camps_on(days, periods)
    table = pd.concat([dated, governed], axis=1).assign(line=_lines_of(dated, cases))
    table = table.explode("line", ignore_index=True).sort_values(
        ["iso3", "line", "event"], ignore_index=True
    )
    return pd.concat([table, _changes(table)], axis=1)


def stage_durations(events: pd.DataFrame, cases: Cases, last_day: str) -> pd.DataFrame:
    """Return the years from stage to stage of every line of programmes.

    A stage is reached by the first forward event of it that does not certainly come before
    the previous stage reached; a commitment must not certainly come after the line's first
    agreement or contract. The status of a stage of :data:`STEPS`
    says:
    ``reached``; ``not_recorded`` (no such event, though a later stage was reached);
    ``earlier`` (only before the previous stage, such as a delivery of an older batch);
    ``censored`` (not by ``last_day``: the years are those waited so far). A line without any
    forward event of a stage has no clock and no rows, nor has a line of declared policy.

    Returns
    -------
    iso3, line, stage, status, date, from_stage, from_date, years (between the middle days),
    years_low and years_high (fewest and most that the dates allow), the same three since the
    commitment, setbacks (events back since the previous stage), last_date and last_direction
    of the line's last event forward or back.
    """
    policy = {(line.iso3, line.line) for line in cases.policy}
    parts = [
        _durations(own, day_bounds(pd.Series([last_day])).iloc[0])
        for key, own in events.groupby(["iso3", "line"])
        if key not in policy
    ]
    return pd.DataFrame([row for rows in parts for row in rows])


def reversals(events: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """Return setbacks and changes of direction of every case, by camp of the government.

    An event of several lines counts once, as a change when it is one in any of them.

    Returns
    -------
    iso3, camp (leftist, centrist, leftist_or_centrist where both governed, rightist,
    not_known, all; those that governed), heads,
    years (governed), events, forward, back, back_after_forward, forward_after_back,
    uncertain (changes whose order the dates leave open), back_per_year, changes_per_year.
    """
    once = _one_row_per_event(events)
    periods = periods[periods["iso3"].isin(once["iso3"])].assign(years=years_of)
    rows = []
    for iso3, own in periods.groupby("iso3"):
        events_of = once[once["iso3"] == iso3]
        for row_name, camps in _camp_groups(own):
            governed = own[own["camp"].isin(camps)]
            counted = events_of[events_of["camp"].isin(camps)]
            if len(governed):
                years = governed["years"].sum()
                row = {"iso3": iso3, "camp": row_name, "heads": names_of(governed["head"])}
                rows.append(row | {"years": years} | _counts(counted) | _rates(counted, years))
    return pd.DataFrame(rows)


def reversals_by_year(events: pd.DataFrame, years: tuple[int, int]) -> pd.DataFrame:
    """Return the counts of :func:`reversals` for every case and calendar year."""
    once = _one_row_per_event(events)
    in_year = once["middle"].dt.year
    counted = {key: _counts(own) for key, own in once.groupby(["iso3", in_year])}
    nothing = _counts(once.iloc[:0])
    rows = [
        {"iso3": iso3, "year": year} | counted.get((iso3, year), nothing)
        for iso3 in sorted(once["iso3"].unique())
        for year in range(years[0], years[1] + 1)
    ]
    return pd.DataFrame(rows)


def _camp_groups(periods: pd.DataFrame) -> list[tuple[str, tuple[str, ...]]]:
    """Return the rows of an ally's table of camps, and the camps that each counts."""
    left, centre, right = CAMPS
    both = {left, centre} <= set(periods["camp"])
    return [
        (left, (left,)),
        (centre, (centre,)),
        *([(NOT_RIGHTIST, (left, centre))] if both else []),
        (right, (right,)),
        (NOT_KNOWN, (NOT_KNOWN,)),
        (ALL, (*CAMPS, NOT_KNOWN)),
    ]


def _lines_of(events: pd.DataFrame, cases: Cases) -> pd.Series:
    """Return the lines of each event; a programme that is not listed is its own line."""
    listed: dict[tuple[str, str], list[str]] = {}
    for line in cases.lines:
        for programme in line.programmes:
            listed.setdefault((line.iso3, programme), []).append(line.line)
    pairs = zip(events["iso3"], events["programme"], strict=True)
    return pd.Series([listed.get(pair, [pair[1]]) for pair in pairs], index=events.index)


def _changes(events: pd.DataFrame) -> pd.DataFrame:
    """Return change and change_uncertain, aligned with events in order within their lines."""
    moved = events[events["direction"] != 0]
    before = moved.groupby(["iso3", "line"])[["direction", "latest"]].shift()
    changed = before["direction"].notna() & (before["direction"] != moved["direction"])
    change = moved["direction"].astype("int64").where(changed, 0)
    uncertain = changed & (moved["earliest"] <= before["latest"])
    found = pd.DataFrame({"change": change, "change_uncertain": uncertain.astype("int64")})
    return found.reindex(events.index, fill_value=0).astype({"change_uncertain": "bool"})


def _durations(own: pd.DataFrame, until: pd.Series) -> list[dict[str, object]]:
    forward = own[own["direction"] == 1].sort_values(["middle", "earliest", "event"])
    reached = _reached(forward)
    if not reached:
        return []
    moved = own[own["direction"] != 0].sort_values("event").iloc[-1]
    last = {"last_date": moved["date"], "last_direction": int(moved["direction"])}
    ahead, rows = list(STEPS), []
    while ahead:
        step = ahead.pop(0)
        done = step in reached
        passed = [name for name in STEPS if name in reached and name not in (step, *ahead)]
        start = reached[passed[-1]] if passed else None
        known = step != COMMITMENT and bool(forward["stage"].isin(STEPS[step]).any())
        status = REACHED if done else _status(known, any(name in reached for name in ahead))
        row: dict[str, object] = {"iso3": own["iso3"].iloc[0], "line": own["line"].iloc[0]}
        row |= {"stage": step, "status": status, "date": reached[step]["date"] if done else ""}
        row |= {"from_stage": passed[-1] if passed else ""}
        row |= {"from_date": "" if start is None else start["date"]}
        end = reached[step] if done else until if status == CENSORED else None
        row |= _spans(start, end) | _spans(_commitment(reached, step), end, "_since_commitment")
        rows.append(row | {"setbacks": _setbacks(own, start, end)} | last)
    return rows


def _reached(forward: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the event by which each stage was reached."""
    reached: dict[str, pd.Series] = {}
    since = pd.Timestamp.min
    signed = forward.loc[forward["stage"].isin(BINDING), "latest"].min()
    for step, stages in STEPS.items():
        after = forward[forward["stage"].isin(stages) & (forward["latest"] >= since)]
        if step == COMMITMENT and pd.notna(signed):
            after = after[after["earliest"] <= signed]
        if len(after):
            reached[step] = after.iloc[0]
            since = reached[step]["earliest"]
    return reached


def _status(known: bool, later_reached: bool) -> str:
    if known:
        return EARLIER
    return NOT_RECORDED if later_reached else CENSORED


def _commitment(reached: Mapping[str, pd.Series], step: str) -> pd.Series | None:
    return reached.get(COMMITMENT) if step != COMMITMENT else None


def _spans(start: pd.Series | None, end: pd.Series | None, suffix: str = "") -> dict[str, object]:
    if start is None or end is None:
        return dict.fromkeys([f"{n}{suffix}" for n in ("years", "years_low", "years_high")])
    return {f"{name}{suffix}": value for name, value in years_between(start, end).items()}


def _setbacks(own: pd.DataFrame, start: pd.Series | None, end: pd.Series | None) -> int | None:
    if start is None or end is None:
        return None
    back = own[own["direction"] == -1]["middle"]
    return int(((back > start["middle"]) & (back <= end["middle"])).sum())


def _one_row_per_event(events: pd.DataFrame) -> pd.DataFrame:
    changed_first = events.assign(same=events["change"] == 0).sort_values(["iso3", "event", "same"])
    return changed_first.drop_duplicates(["iso3", "event"], ignore_index=True)


def _counts(events: pd.DataFrame) -> dict[str, int]:
    return {
        "events": len(events),
        "forward": int((events["direction"] == 1).sum()),
        "back": int((events["direction"] == -1).sum()),
        "back_after_forward": int((events["change"] == -1).sum()),
        "forward_after_back": int((events["change"] == 1).sum()),
        "uncertain": int(events["change_uncertain"].sum()),
    }


def _rates(events: pd.DataFrame, years: float) -> dict[str, float]:
    counts = _counts(events)
    changes = counts["back_after_forward"] + counts["forward_after_back"]
    return {"back_per_year": counts["back"] / years, "changes_per_year": changes / years}
