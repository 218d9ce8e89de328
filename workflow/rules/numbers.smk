# Tidy results → the numbers that a text quotes.


rule quote_numbers:
    input:
        tables=[
            in_run("data/processed/ally_year.csv"),
            in_run("data/processed/deals.csv"),
            in_run("data/processed/leader_spells.csv"),
            in_run("data/processed/ledger.csv"),
            in_run("data/processed/notification_orders.csv"),
            in_run("data/processed/observed_types.csv"),
            in_run("results/cases/claims.csv"),
            in_run("results/cases/events.csv"),
            in_run("results/cases/expectations.csv"),
            in_run("results/cases/reversals.csv"),
            in_run("results/cases/stage_durations.csv"),
            in_run("results/description/membership.csv"),
            in_run("results/hypotheses/contrasts.csv"),
            in_run("results/hypotheses/effects.csv"),
            in_run("results/hypotheses/nested.csv"),
            in_run("results/hypotheses/weights.csv"),
            in_run("results/hypotheses/years.csv"),
            in_run("results/measurement/consistency.csv"),
            in_run("results/outcomes/summary.csv"),
            in_run("results/reliability/alpha.csv"),
            in_run("results/scorecard.csv"),
            in_run("results/sensitivity/leave_one_out.csv"),
            in_run("results/sensitivity/placebo.csv"),
            in_run("results/sensitivity/power.csv"),
            in_run("results/sensitivity/robustness_value.csv"),
            in_run("results/sensitivity/specification_curve.csv"),
            in_run("results/sensitivity/specification_curve_summary.csv"),
            in_run("results/tables/type_agreement.csv"),
            in_run("results/tables/typology.csv"),
        ],
        estimates=MODELS,
        lists=expand("config/{name}.csv", name=["allies", "codebook", "sources"]),
        own=OWN_LISTS,
        extensions=EXTENSION_LISTS,
    output:
        tex=report(
            in_run("results/numbers.tex"),
            caption="../report/numbers.rst",
            category="Numbers",
        ),
        json=report(
            in_run("results/numbers.json"),
            caption="../report/numbers.rst",
            category="Numbers",
        ),
    log:
        in_run("results/logs/quote_numbers.log"),
    benchmark:
        in_run("results/benchmarks/quote_numbers.tsv")
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
