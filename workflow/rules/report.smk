# Data and results → pages.


rule draw_cases:
    input:
        case_tables=expand(
            in_run("results/cases/{table}.csv"), table=["governments", "events"]
        ),
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        deals=in_run("data/processed/deals.csv"),
        families="config/system_families.csv",
        extensions=EXTENSION_LISTS,
        allies="config/allies.csv",
    output:
        report(CASE_FIGURES, caption="../report/cases.rst", category="Cases"),
    log:
        in_run("results/logs/draw_cases.log"),
    benchmark:
        in_run("results/benchmarks/draw_cases.tsv")
    priority: 5  # on the way to the report, which is made last
    conda:
        "../../environment.yml"
    params:
        code=code_sha("draw_cases"),
        coded=coded_with("political", "economic", "legal"),
        cases=CASES.model_dump(),
        order=CASE_ORDER,
        years=[
            first_year("missile_defence_events"),
            last_year("missile_defence_events"),
        ],
    message:
        "Draw the figures of the cases"
    script:
        "../scripts/draw_cases.py"


rule write_pages:
    input:
        outcomes=expand(
            in_run("data/processed/outcomes/{outcome}.csv"), outcome=OUTCOMES
        ),
        codebook="config/codebook.csv",
        own=OWN_LISTS,
        extensions=EXTENSION_LISTS,
        extension_rows=EXTENSION_ROWS,
        sources="config/sources.csv",
        # not the whole ledger, which changes with every coding
        ledgers=expand(
            in_run("data/processed/parts/ledger_outcome_{outcome}.csv"),
            outcome=OUTCOMES,
        )
        + expand(
            in_run("data/processed/parts/ledger_{part}.csv"),
            part=["deals", "notifications"],
        ),
        case_tables=[path for path in CASE_TABLES if "by_year" not in path],
        case_figures=CASE_FIGURES,
        claims=expand(
            in_run("results/cases/{table}.csv"), table=["claims", "expectations"]
        ),
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        deals=in_run("data/processed/deals.csv"),
        families="config/system_families.csv",
        allies="config/allies.csv",
        measurement=[path for path in MEASUREMENT if path.endswith(".csv")],
        reliability=RELIABILITY,
        coverage=in_run("data/processed/coverage.csv"),
        scorecard=in_run("results/scorecard.csv"),
        weights=in_run("results/hypotheses/weights.csv"),
        sensitivity=expand(
            in_run("results/sensitivity/{table}.csv"),
            table=[
                "leave_one_out",
                "specification_curve_summary",
                "placebo",
                "robustness_value",
                "power",
            ],
        ),
        # checks of the primary estimates
        estimates=[
            path
            for name, path in zip(MODELS_BY_ID, MODELS)
            if MODELS_BY_ID[name].role != "primary"
        ],
        tables=REPORTED_TABLES,
        figures=FIGURES + SENSITIVITY_FIGURES,
        captions=in_run("results/figures/captions.json"),
        documents=expand("docs/{document}.md", document=DOCUMENTS),
    output:
        pages=REPORT,
        summary=report(
            in_run("results/outcomes/summary.csv"),
            caption="../report/outcomes.rst",
            category="Data",
        ),
    log:
        in_run("results/logs/write_pages.log"),
    benchmark:
        in_run("results/benchmarks/write_pages.tsv")
    priority: 5  # on the way to the report, which is made last
    conda:
        "../../environment.yml"
    params:
        code=code_sha("write_pages"),
        specs=SPECIFICATIONS,
        coded=coded_with(*CODINGS),
        sample_label=SAMPLE.label,
        group=SAMPLE.group.model_dump(by_alias=True),
        members=SAMPLE_MEMBERS,
        cases=CASES.model_dump(),
        order=CASE_ORDER,
        years=[
            first_year("missile_defence_events"),
            last_year("missile_defence_events"),
        ],
        reference=REFERENCE_LABEL,
        replications=CONFIG.bootstrap_replications,
        seed=CONFIG.seed,
        level=CONFIG.confidence_level,
    message:
        "Write the pages of the report"
    script:
        "../scripts/write_pages.py"


rule report_allies:
    input:
        # an explanation goes from the coded value to the raw row
        facts=facts(*ALL_FACTS),
        made=expand(
            in_run("data/processed/{file}"),
            file=[
                "ally_year.parquet",
                "deals.csv",
                "ledger.csv",
                "notification_orders.csv",
                "observed_types.csv",
                "typology.csv",
            ],
        )
        + [COUNTRY_YEARS, SPELLS],
        outcomes=expand(
            in_run("data/processed/outcomes/{outcome}.csv"), outcome=OUTCOMES
        ),
        lists=expand(
            "config/{file}",
            file=[
                "allies.csv",
                "codebook.csv",
                "codings.yaml",
                "config.yaml",
                "groups.yaml",
                "sources.csv",
            ],
        )
        + OWN_LISTS
        + EXTENSION_LISTS,
        counts=in_run("results/description/rows_by_ally.csv"),
        extension_rows=EXTENSION_ROWS,
        left_out=in_run("results/sensitivity/leave_one_out.csv"),
    output:
        pages=ALLY_PAGES,
    log:
        in_run("results/logs/report_allies.log"),
    benchmark:
        in_run("results/benchmarks/report_allies.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("report_allies"),
        members=SAMPLE_MEMBERS,
        sample=SAMPLE.label,
        years=[CONFIG.first_year, CONFIG.last_year],
        cases=CASE_ORDER,
        titles={name: spec.title for name, spec in MODELS_BY_ID.items()},
    message:
        "Write the pages of the allies, with what explains each of their years"
    script:
        "../scripts/report_allies.py"
