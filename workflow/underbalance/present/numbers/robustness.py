"""Numbers beside the primary tests: waits, effects, weights, nested models, sensitivity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from underbalance.hypotheses.scorecard import MODEL, WEIGHTS_FILE
from underbalance.models.terms import LAG
from underbalance.present.numbers.hypotheses import SCORECARD, TRIED, test_name
from underbalance.present.numbers.look_up import Results
from underbalance.present.numbers.names import macro
from underbalance.present.numbers.number import Row, Source, Wanted
from underbalance.present.wording import percent
from underbalance.sensitivity.power import SOUGHT

YEARS: Final = "results/hypotheses/years.csv"
EFFECTS: Final = "results/hypotheses/effects.csv"
NESTED: Final = "results/hypotheses/nested.csv"
LEAVE_ONE_OUT: Final = "results/sensitivity/leave_one_out.csv"
POWER: Final = "results/sensitivity/power.csv"
ROBUSTNESS: Final = "results/sensitivity/robustness_value.csv"
PLACEBO: Final = "results/sensitivity/placebo.csv"
CURVE: Final = "results/sensitivity/specification_curve_summary.csv"
OBSTACLES: Final = ("political", "economic", "legal")
INTERVAL: Final = (
    ("", "{}", ""),
    ("Low", "{}_low", ", lower end of the interval"),
    ("High", "{}_high", ", upper end of the interval"),
)


def of_robustness(results: Results, alpha: float) -> Iterator[Wanted]:
    """Give the numbers beside the scorecard (``alpha``: significant is a p below it)."""
    for row in results.rows(YEARS):
        yield from _wait(row)
    for spec_id in dict.fromkeys(row["spec_id"] for row in results.rows(YEARS)):
        yield _cases(spec_id)
    for row in results.rows(EFFECTS):
        if row["term"]:
            yield from _effect(row)
    yield from _weights(results)
    tests = [
        row
        for row in results.rows(SCORECARD)
        if row["kind"] == MODEL and row["hypothesis"] in TRIED
    ]
    for row in tests:
        yield from _nested(row["spec_id"])
        yield from _sensitivity(row, alpha)
    for hypothesis in TRIED:
        yield from _curve(macro(hypothesis), {"hypothesis": hypothesis, "spec_id": "all"})


def _wait(row: Mapping[str, str]) -> Iterator[Wanted]:
    key = {name: row[name] for name in ("hypothesis", "spec_id", "term")}
    term = row["term"].removesuffix(LAG)
    name, unit = test_name(row["spec_id"], row["term"]), row["unit"]
    more = f"with {term} one standard deviation higher"
    wanted = (
        ("Wait", "mean", "identity", "duration", "Mean wait as observed"),
        ("WaitHigher", "mean_higher", "identity", "duration", f"Mean wait {more}"),
        ("Delay", "difference", "identity", "duration", f"How much longer the wait is {more}"),
        ("DelaySize", "difference", "size", "duration", "The same without its sign"),
        ("DelayLow", "ci_low", "identity", "duration", "Lower end of the interval of the delay"),
        ("DelayHigh", "ci_high", "identity", "duration", "Upper end of the interval of the delay"),
        ("DelayUnit", "unit", "identity", "word", "Unit of wait and delay"),
    )
    for suffix, column, how, kind, what in wanted:
        source = Source(YEARS, key, column, how)
        yield Wanted(name + suffix, kind, unit, f"{what}: {row['spec_id']}, {term}.", source)


def _cases(spec_id: str) -> Wanted:
    source = Source(YEARS, {"spec_id": spec_id}, "n_spells", "highest")
    what = f"Cases in the rows of the model {spec_id}."
    return Wanted(f"{macro(spec_id)}ModelCases", "count", "cases", what, source)


def _effect(row: Mapping[str, str]) -> Iterator[Wanted]:
    key = {name: row[name] for name in ("term", "group", "spec_id")}
    term = row["term"].removesuffix(LAG)
    mean = row["spec_id"] == "mean"
    name = macro(term, row["group"], "mean") if mean else macro(row["spec_id"], term)
    what = f"mean over the models of {row['group']}" if mean else row["spec_id"]
    for suffix, column, said in (
        ("Effect", "effect", ""),
        ("EffectLow", "ci_low", ", lower end of the interval"),
        ("EffectHigh", "ci_high", ", upper end of the interval"),
    ):
        yield Wanted(
            name + suffix,
            "effect",
            "standard deviations of the disturbance",
            f"Standardised effect of {term} towards {row['group']}, {what}{said}.",
            Source(EFFECTS, key, column),
        )


def _weights(results: Results) -> Iterator[Wanted]:
    groups = {(row["region"], row["group"]): None for row in results.rows(WEIGHTS_FILE)}
    for region, group in groups:
        own: Row = {"region": region, "group": group, "spec_id": "mean"}
        where = f"{group} models, {region}, mean of shares"
        for obstacle in OBSTACLES:
            for end, column, said in INTERVAL:
                yield Wanted(
                    f"{macro(region, group, obstacle)}Share{end}",
                    "percent",
                    "percent",
                    f"Share of the {obstacle} obstacle in the fit of the {where}{said}.",
                    Source(
                        WEIGHTS_FILE,
                        {**own, "obstacle": obstacle},
                        column.format("share"),
                        "percent",
                    ),
                )
        yield Wanted(
            f"{macro(region, group)}Heaviest",
            "word",
            "obstacle",
            f"Obstacle with the largest share in the fit of the {where}.",
            Source(WEIGHTS_FILE, own, "obstacle", "at highest: share"),
        )


def _nested(spec_id: str) -> Iterator[Wanted]:
    for first, second in (("obstacles", "rivals"), ("rivals", "obstacles")):
        key = {"spec_id": spec_id, "comparison": f"{first} given {second}"}
        name, what = macro(spec_id, first), f"{first} given {second}, {spec_id}"
        source = Source(NESTED, key, "wald_p")
        said = "p-value of the cluster-robust Wald test"
        yield Wanted(f"{name}WaldP", "p", "probability", f"{said}: {what}.", source)
        source = Source(NESTED, key, "predicts_better")
        said = "Whether they predict better out of sample, yes or no"
        yield Wanted(f"{name}PredictBetter", "word", "word", f"{said}: {what}.", source)


def _sensitivity(test: Mapping[str, str], alpha: float) -> Iterator[Wanted]:
    key: Row = {name: test[name] for name in ("spec_id", "hypothesis", "term")}
    name = test_name(test["spec_id"], test["term"])
    of = f"{test['term'].removesuffix(LAG)} in {test['spec_id']}, {test['hypothesis']}"
    left: Row = {**key, "estimate": {"not": ""}}
    clear: Row = {**key, "p_value": {"below": alpha}}
    null: Row = {**key, "effect": "0.0"}
    modest: Row = {**key, "effect": "0.2"}
    # beside the lag: alone it takes over part of what the lag does
    lead: Row = {**key, "model": "both", "when": "lead"}
    lag: Row = {**key, "model": "both", "when": "lag"}
    alone: Row = {**key, "model": "lead", "when": "lead"}
    sd = "standard deviations of the disturbance"
    wanted = [
        ("LeaveOutLow", "coefficient", "as the estimate", "Lowest estimate without one ally",
         Source(LEAVE_ONE_OUT, left, "estimate", "lowest")),
        ("LeaveOutLowAlly", "ally", "ally", "Ally without which the estimate is lowest",
         Source(LEAVE_ONE_OUT, left, "left_out", "at lowest: estimate")),
        ("LeaveOutHigh", "coefficient", "as the estimate", "Highest estimate without one ally",
         Source(LEAVE_ONE_OUT, left, "estimate", "highest")),
        ("LeaveOutHighAlly", "ally", "ally", "Ally without which the estimate is highest",
         Source(LEAVE_ONE_OUT, left, "left_out", "at highest: estimate")),
        ("LeaveOutSignificant", "count", "count",
         f"Allies left out in turn with p < {alpha:g} (first order)",
         Source(LEAVE_ONE_OUT, clear, "left_out", "rows")),
        ("Detectable", "effect", sd, f"Smallest effect found with a power of {percent(SOUGHT)}",
         Source(POWER, null, "detectable_effect")),
        ("NullRejections", "percent", "percent", "Share of rejections when there is no effect",
         Source(POWER, null, "power", "percent")),
        ("PowerModest", "percent", "percent", f"Power at a true effect of 0.2 {sd}",
         Source(POWER, modest, "power", "percent")),
        ("LeadEstimate", "coefficient", "as the estimate", "Placebo lead beside the lag",
         Source(PLACEBO, lead, "estimate")),
        ("LeadP", "p", "probability", "p-value of that lead",
         Source(PLACEBO, lead, "p_value")),
        ("LagBesideLeadEstimate", "coefficient", "as the estimate", "The lag beside that lead",
         Source(PLACEBO, lag, "estimate")),
        ("LagBesideLeadP", "p", "probability", "p-value of the lag beside the lead",
         Source(PLACEBO, lag, "p_value")),
        ("LeadAloneEstimate", "coefficient", "as the estimate", "Lead in place of the lag",
         Source(PLACEBO, alone, "estimate")),
        ("LeadAloneP", "p", "probability", "p-value of the lead in place of the lag",
         Source(PLACEBO, alone, "p_value")),
        ("LeadCorrelation", "index", "correlation", "Correlation of lag and lead",
         Source(PLACEBO, lead, "correlation")),
    ]  # fmt: skip
    if test["estimator"] == "panel":
        wanted += [
            ("RobustnessValue", "percent", "percent",
             "Robustness value: share of variance that an omitted variable would have to explain",
             Source(ROBUSTNESS, key, "rv", "percent")),
            ("RobustnessValueClear", "percent", "percent",
             "The same for the estimate to lose significance",
             Source(ROBUSTNESS, key, "rv_alpha", "percent")),
        ]  # fmt: skip
    if test["estimator"] == "grouped":
        wanted += [
            ("EValue", "ratio", "ratio", "E-value of the estimate",
             Source(ROBUSTNESS, key, "e_value")),
            ("EValueLimit", "ratio", "ratio", "E-value of the interval’s end nearer to none",
             Source(ROBUSTNESS, key, "e_value_limit")),
        ]  # fmt: skip
    for suffix, kind, unit, what, source in wanted:
        yield Wanted(name + suffix, kind, unit, f"{what}: {of}.", source)
    yield from _curve(name, {"hypothesis": test["hypothesis"], "spec_id": test["spec_id"]})


def _curve(name: str, key: Row) -> Iterator[Wanted]:
    of = "specification curve of " + ", ".join(str(part) for part in key.values())
    for suffix, column, kind, how, what in (
        ("Runs", "specifications", "count", "identity", "Specifications tried"),
        ("Counted", "n_counted", "count", "identity", "Specifications that count"),
        ("Predicted", "share_predicted_sign", "percent", "percent", "Share with predicted sign"),
        (
            "Agreeing",
            "share_predicted_and_significant",
            "percent",
            "percent",
            "Share significant with the predicted sign",
        ),
    ):
        source = Source(CURVE, key, column, how)
        yield Wanted(f"{name}Curve{suffix}", kind, kind, f"{what}: {of}.", source)
