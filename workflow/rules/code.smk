# Clean tables → coded obstacles and outcomes.


rule code_obstacles:
    input:
        country_years="data/processed/parts/country_years.csv",
        spells="data/processed/leader_spells.csv",
        codebook="config/codebook.csv",
    output:
        csv="data/processed/ally_year.csv",
        parquet="data/processed/ally_year.parquet",
        stata="data/processed/ally_year.dta",
        ledger="data/processed/parts/ledger_obstacles.csv",
    log:
        "results/logs/code_obstacles.log",
    benchmark:
        "results/benchmarks/code_obstacles.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("code_obstacles"),
        coded=coded_with(*CODINGS),
    message:
        "Code the obstacles and the threat of every ally and year"
    script:
        "../scripts/code_obstacles.py"


rule outcome:
    input:
        facts=outcome_facts,
        processed=outcome_tables,
        sources="config/sources.csv",
    output:
        table="data/processed/outcomes/{outcome}.csv",
        ledger="data/processed/parts/ledger_outcome_{outcome}.csv",
    log:
        "results/logs/outcome_{outcome}.log",
    benchmark:
        "results/benchmarks/outcome_{outcome}.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("outcome"),
    message:
        "Make the outcome {wildcards.outcome}"
    script:
        "../scripts/outcome.py"


rule reliability:
    input:
        facts=facts("legal_constraints"),
        codebook="config/codebook.csv",
    output:
        alpha="results/reliability/alpha.csv",
        disagreements="results/reliability/disagreements.csv",
        page="results/reliability/README.md",
    log:
        "results/logs/reliability.log",
    benchmark:
        "results/benchmarks/reliability.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("reliability"),
        replications=CONFIG.bootstrap_replications,
        seed=CONFIG.seed,
        level=CONFIG.confidence_level,
    message:
        "Compare the two codings of legal constraints"
    script:
        "../scripts/reliability.py"


rule cases:
    input:
        facts=facts("missile_defence_events", "cabinets", "leader_ideology"),
        spells=SPELLS,
    output:
        CASE_TABLES,
    log:
        "results/logs/cases.log",
    benchmark:
        "results/benchmarks/cases.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("cases"),
        cases=CASES.model_dump(),
        years=[
            first_year("missile_defence_events"),
            last_year("missile_defence_events"),
        ],
    message:
        "Time the stages of the cases' programmes, and count their setbacks"
    script:
        "../scripts/cases.py"


rule measurement:
    input:
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        codebook="config/codebook.csv",
    output:
        consistency="results/measurement/consistency.csv",
        components="results/measurement/components.csv",
        correlations="results/measurement/correlations.csv",
        page="results/measurement/index.html",
    log:
        "results/logs/measurement.log",
    benchmark:
        "results/benchmarks/measurement.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("measurement"),
        coded=coded_with(*CODINGS),
        reference=f"{GROUPS[CONFIG.reference.sample].label}, "
        f"{CONFIG.reference.first_year} to {CONFIG.reference.last_year}",
        replications=CONFIG.bootstrap_replications,
        seed=CONFIG.seed,
        level=CONFIG.confidence_level,
    message:
        "Say how well the indices measure what they name"
    script:
        "../scripts/measurement.py"


rule describe_data:
    input:
        tables=[path for path in DATA if path.endswith(".csv")],
        codebook="config/codebook.csv",
        citation="CITATION.cff",
    output:
        PACKAGE,
    log:
        "results/logs/describe_data.log",
    benchmark:
        "results/benchmarks/describe_data.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("describe_data"),
        coded=coded_with(*CODINGS),
    message:
        "Describe the clean and coded tables as a data package"
    script:
        "../scripts/describe_data.py"
