# Clean tables → coded obstacles and outcomes.


rule code_obstacles:
    input:
        country_years=in_run("data/processed/parts/country_years.csv"),
        spells=in_run("data/processed/leader_spells.csv"),
        codebook="config/codebook.csv",
        own=OWN_LISTS,
    output:
        csv=in_run("data/processed/ally_year.csv"),
        parquet=in_run("data/processed/ally_year.parquet"),
        stata=in_run("data/processed/ally_year.dta"),
        ledger=in_run("data/processed/parts/ledger_obstacles.csv"),
    log:
        in_run("results/logs/code_obstacles.log"),
    benchmark:
        in_run("results/benchmarks/code_obstacles.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("code_obstacles"),
        coded=coded_with(*CODINGS),
    message:
        "Code the obstacles and the threat of every ally and year"
    script:
        "../scripts/code_obstacles.py"


rule typology:
    input:
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
    output:
        years=in_run("data/processed/typology.csv"),
        periods=in_run("data/processed/typology_periods.csv"),
        ledger=in_run("data/processed/parts/ledger_typology.csv"),
    log:
        in_run("results/logs/typology.log"),
    benchmark:
        in_run("results/benchmarks/typology.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("typology"),
        typology=CONFIG.typology.model_dump(),
        coded=coded_with(CONFIG.typology.political, CONFIG.typology.social),
    message:
        "Say of which type every ally is, by year and by period"
    script:
        "../scripts/typology.py"


rule outcome:
    input:
        facts=outcome_facts,
        processed=outcome_tables,
        extensions=EXTENSION_LISTS,
        sources="config/sources.csv",
    output:
        table=in_run("data/processed/outcomes/{outcome}.csv"),
        ledger=in_run("data/processed/parts/ledger_outcome_{outcome}.csv"),
    log:
        in_run("results/logs/outcome_{outcome}.log"),
    benchmark:
        in_run("results/benchmarks/outcome_{outcome}.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("outcome"),
        own=own_outcome,
    message:
        "Make the outcome {wildcards.outcome}"
    script:
        "../scripts/outcome.py"


rule observed_types:
    input:
        outcomes=expand(
            in_run("data/processed/outcomes/{outcome}.csv"),
            outcome=["adoption", "commitment", "delivery", "effort", "loss"],
        ),
        deals=in_run("data/processed/deals.csv"),
        country_years=COUNTRY_YEARS,
    output:
        types=in_run("data/processed/observed_types.csv"),
        medians=in_run("data/processed/delay_medians.csv"),
        ledger=in_run("data/processed/parts/ledger_observed_types.csv"),
    log:
        in_run("results/logs/observed_types.log"),
    benchmark:
        in_run("results/benchmarks/observed_types.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("observed_types"),
        group=SAMPLE.group.model_dump(by_alias=True),
        members=SAMPLE_MEMBERS,
    message:
        "Say which type each ally's record shows in each decade"
    script:
        "../scripts/observed_types.py"


rule predicted_types:
    input:
        typology=in_run("data/processed/typology.csv"),
    output:
        in_run("data/processed/predicted_types.csv"),
    log:
        in_run("results/logs/predicted_types.log"),
    benchmark:
        in_run("results/benchmarks/predicted_types.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("predicted_types"),
        group=SAMPLE.group.model_dump(by_alias=True),
        members=SAMPLE_MEMBERS,
    message:
        "Say which type each ally's obstacles predict for each decade"
    script:
        "../scripts/predicted_types.py"


rule reliability:
    input:
        facts=facts("legal_constraints"),
    output:
        alpha=report(
            in_run("results/reliability/alpha.csv"),
            caption="../report/reliability.rst",
            category="Coding",
        ),
        disagreements=report(
            in_run("results/reliability/disagreements.csv"),
            caption="../report/reliability.rst",
            category="Coding",
        ),
    log:
        in_run("results/logs/reliability.log"),
    benchmark:
        in_run("results/benchmarks/reliability.tsv")
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
        report(CASE_TABLES, caption="../report/cases.rst", category="Cases"),
    log:
        in_run("results/logs/cases.log"),
    benchmark:
        in_run("results/benchmarks/cases.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("cases"),
        cases=CASES.model_dump(),
        apart=sorted(ONLY_EXTENDED),
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
    output:
        consistency=report(
            in_run("results/measurement/consistency.csv"),
            caption="../report/measurement.rst",
            category="Coding",
        ),
        components=report(
            in_run("results/measurement/components.csv"),
            caption="../report/measurement.rst",
            category="Coding",
        ),
        correlations=report(
            in_run("results/measurement/correlations.csv"),
            caption="../report/measurement.rst",
            category="Coding",
        ),
    log:
        in_run("results/logs/measurement.log"),
    benchmark:
        in_run("results/benchmarks/measurement.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("measurement"),
        coded=coded_with(*CODINGS),
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
        own=OWN_LISTS,
        citation="CITATION.cff",
    output:
        PACKAGE,
    log:
        in_run("results/logs/describe_data.log"),
    benchmark:
        in_run("results/benchmarks/describe_data.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("describe_data"),
        coded=coded_with(*CODINGS),
    message:
        "Describe the clean and coded tables as a data package"
    script:
        "../scripts/describe_data.py"
