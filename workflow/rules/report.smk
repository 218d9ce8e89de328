# Data and results → pages.


rule describe_outcomes:
    input:
        outcomes=expand("data/processed/outcomes/{outcome}.csv", outcome=OUTCOMES),
        codebook="config/codebook.csv",
        sources="config/sources.csv",
        # not the whole ledger, which changes with every coding
        ledgers=expand(
            "data/processed/parts/ledger_outcome_{outcome}.csv", outcome=OUTCOMES
        )
        + expand(
            "data/processed/parts/ledger_{part}.csv", part=["deals", "notifications"]
        ),
    output:
        pages=expand("results/outcomes/{outcome}.html", outcome=OUTCOMES),
        summary="results/outcomes/summary.csv",
    log:
        "results/logs/describe_outcomes.log",
    benchmark:
        "results/benchmarks/describe_outcomes.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("describe_outcomes"),
        group=GROUPS[CONFIG.sample].model_dump(by_alias=True),
        members=SAMPLE_MEMBERS,
    message:
        "Describe every outcome on a page of its own"
    script:
        "../scripts/describe_outcomes.py"


rule draw_cases:
    input:
        tables=[path for path in CASE_TABLES if "by_year" not in path],
        claims="results/cases/claims.csv",
        expectations="results/cases/expectations.csv",
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        deals="data/processed/deals.csv",
        families="config/system_families.csv",
        allies="config/allies.csv",
        sources="config/sources.csv",
    output:
        pages=[path for path in CASE_PAGES if not path.endswith("index.html")],
        index="results/cases/index.html",
    log:
        "results/logs/draw_cases.log",
    benchmark:
        "results/benchmarks/draw_cases.tsv"
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
        "Draw the figures and write the pages of the cases"
    script:
        "../scripts/draw_cases.py"


rule report_allies:
    input:
        # an explanation goes from the coded value to the raw row
        facts=facts(*FACTS),
        made=expand(
            "data/processed/{file}",
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
        outcomes=expand("data/processed/outcomes/{outcome}.csv", outcome=OUTCOMES),
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
        ),
        counts="results/description/rows_by_ally.csv",
        left_out="results/sensitivity/leave_one_out.csv",
    output:
        pages=ALLY_PAGES,
    log:
        "results/logs/report_allies.log",
    benchmark:
        "results/benchmarks/report_allies.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("report_allies"),
        root="results/report",
        members=SAMPLE_MEMBERS,
        sample=GROUPS[CONFIG.sample].label,
        years=[CONFIG.first_year, CONFIG.last_year],
        cases=CASE_ORDER,
        titles={name: spec.title for name, spec in MODELS_BY_ID.items()},
    message:
        "Write the pages of the allies, with what explains each of their years"
    script:
        "../scripts/report_allies.py"
