# Tidy results → the numbers that a text quotes.


rule quote_numbers:
    input:
        tables=[
            "data/processed/ally_year.csv",
            "data/processed/deals.csv",
            "data/processed/leader_spells.csv",
            "data/processed/ledger.csv",
            "data/processed/notification_orders.csv",
            "data/processed/observed_types.csv",
            "results/cases/claims.csv",
            "results/cases/events.csv",
            "results/cases/expectations.csv",
            "results/cases/reversals.csv",
            "results/cases/stage_durations.csv",
            "results/hypotheses/contrasts.csv",
            "results/hypotheses/effects.csv",
            "results/hypotheses/nested.csv",
            "results/hypotheses/weights.csv",
            "results/hypotheses/years.csv",
            "results/measurement/consistency.csv",
            "results/outcomes/summary.csv",
            "results/reliability/alpha.csv",
            "results/scorecard.csv",
            "results/sensitivity/leave_one_out.csv",
            "results/sensitivity/placebo.csv",
            "results/sensitivity/power.csv",
            "results/sensitivity/robustness_value.csv",
            "results/sensitivity/specification_curve.csv",
            "results/sensitivity/specification_curve_summary.csv",
            "results/tables/type_agreement.csv",
            "results/tables/typology.csv",
        ],
        estimates=MODELS,
        lists=expand("config/{name}.csv", name=["allies", "codebook", "sources"]),
    output:
        tex=report(
            "results/numbers.tex", caption="../report/numbers.rst", category="Numbers"
        ),
        json=report(
            "results/numbers.json", caption="../report/numbers.rst", category="Numbers"
        ),
    log:
        "results/logs/quote_numbers.log",
    benchmark:
        "results/benchmarks/quote_numbers.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("quote_numbers"),
        specs=SPECIFICATIONS,
        settings=CONFIG.model_dump(by_alias=True),
        seed=sorted(SEED),
    message:
        "Write down the numbers that a text quotes"
    script:
        "../scripts/quote_numbers.py"
