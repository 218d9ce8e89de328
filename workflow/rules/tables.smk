# Tidy results → tables.


rule tabulate:
    input:
        estimates=MODELS,
        inference=expand("results/inference/{spec}.csv", spec=PRIMARY),
        scorecard="results/scorecard.csv",
        codebook="config/codebook.csv",
        allies="config/allies.csv",
    output:
        report(MODEL_TABLES, caption="../report/tables.rst", category="Tables"),
    log:
        "results/logs/tabulate.log",
    benchmark:
        "results/benchmarks/tabulate.tsv"
    priority: 5  # on the way to the report, which is made last
    conda:
        "../../environment.yml"
    params:
        code=code_sha("tabulate"),
        formats=TABLE_FORMATS,
        confidence_level=CONFIG.confidence_level,
        style=STYLE,
        specs=SPECIFICATIONS,
        codings=coded_with(
            *sorted({name for spec in MODELS_BY_ID.values() for name in spec.lagged})
        )["codings"],
        sample_labels={name: group.label for name, group in GROUPS.items()},
    message:
        "Set the tables of the models"
    script:
        "../scripts/tabulate.py"


rule tabulate_observed_type:
    input:
        predicted="data/processed/predicted_types.csv",
        observed="data/processed/observed_types.csv",
    output:
        table=report(
            table_files("observed_type"),
            caption="../report/tables.rst",
            category="Tables",
        ),
        agreement=report(
            "results/tables/type_agreement.csv",
            caption="../report/tables.rst",
            category="Tables",
        ),
    log:
        "results/logs/tabulate_observed_type.log",
    benchmark:
        "results/benchmarks/tabulate_observed_type.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("tabulate_observed_type"),
        style=STYLE,
        primary=CONFIG.typology.quantiles[0],
        sample_label=GROUPS[CONFIG.sample].label,
        replications=CONFIG.bootstrap_replications,
        seed=CONFIG.seed,
        level=CONFIG.confidence_level,
    message:
        "Compare the predicted types of allies with the observed ones"
    script:
        "../scripts/tabulate_observed_type.py"


rule tabulate_typology:
    input:
        typology="data/processed/typology.csv",
    output:
        csv=report(
            "results/tables/typology.csv",
            caption="../report/tables.rst",
            category="Tables",
        ),
        shown=report(
            shown_files("typology"), caption="../report/tables.rst", category="Tables"
        ),
    log:
        "results/logs/tabulate_typology.log",
    benchmark:
        "results/benchmarks/tabulate_typology.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("tabulate_typology"),
        style=STYLE,
        typology=CONFIG.typology.model_dump(),
        group=GROUPS[CONFIG.sample].model_dump(by_alias=True),
        members=SAMPLE_MEMBERS,
    message:
        "Count the ally-years of each type"
    script:
        "../scripts/tabulate_typology.py"


rule tabulate_data:
    input:
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        tables=tables_of_models(ONE_PER_OUTCOME),
        coverage="data/processed/coverage.csv",
        predicted="data/processed/predicted_types.csv",
        observed="data/processed/observed_types.csv",
        alpha="results/reliability/alpha.csv",
        consistency="results/measurement/consistency.csv",
        alternatives="results/measurement/correlations.csv",
        stages="results/cases/stage_durations.csv",
        reversals="results/cases/reversals.csv",
        codebook="config/codebook.csv",
        allies="config/allies.csv",
        sources="config/sources.csv",
    output:
        tables=report(
            [path for name in DATA_TABLES for path in table_files(name)],
            caption="../report/tables.rst",
            category="Tables",
        ),
        variables=report(
            "results/description/variables.csv",
            caption="../report/description.rst",
            category="Data",
        ),
        correlations=report(
            "results/description/correlations.csv",
            caption="../report/description.rst",
            category="Data",
        ),
        membership=report(
            "results/description/membership.csv",
            caption="../report/description.rst",
            category="Data",
        ),
        rows_by_ally=report(
            "results/description/rows_by_ally.csv",
            caption="../report/description.rst",
            category="Data",
        ),
        coverage=report(
            "results/description/coverage.csv",
            caption="../report/description.rst",
            category="Data",
        ),
    log:
        "results/logs/tabulate_data.log",
    benchmark:
        "results/benchmarks/tabulate_data.tsv"
    priority: 5  # on the way to the report, which is made last
    conda:
        "../../environment.yml"
    params:
        code=code_sha("tabulate_data"),
        formats=TABLE_FORMATS,
        style=STYLE,
        specs=dumped(ONE_PER_OUTCOME),
        own_samples=own_samples(ONE_PER_OUTCOME),
        coded=codings_of_models(ONE_PER_OUTCOME),
        codings=coded_with(*CODINGS)["codings"],
        sample=sample_of(CONFIG.sample),
        min_clusters=CONFIG.min_clusters,
        confidence_level=CONFIG.confidence_level,
        low_quantile=CONFIG.typology.quantiles[0],
        sample_label=GROUPS[CONFIG.sample].label,
        reference_label=f"{GROUPS[CONFIG.reference.sample].label}, "
        f"{CONFIG.reference.first_year} to {CONFIG.reference.last_year}",
        cases=CASE_ORDER,
        seed=sorted(SEED),
    message:
        "Describe the data of the primary models, and set the tables of data"
    script:
        "../scripts/tabulate_data.py"


rule tabulate_results:
    input:
        estimates=MODELS,
        scorecard="results/scorecard.csv",
        hypotheses=expand(
            "results/hypotheses/{table}.csv",
            table=["contrasts", "effects", "weights", "nested", "years"],
        ),
        sensitivity=[path for path in SENSITIVITY if "collinearity" not in path],
        codebook="config/codebook.csv",
        allies="config/allies.csv",
    output:
        report(
            [path for name in RESULT_TABLES for path in table_files(name)],
            caption="../report/tables.rst",
            category="Tables",
        ),
    log:
        "results/logs/tabulate_results.log",
    benchmark:
        "results/benchmarks/tabulate_results.tsv"
    priority: 5  # on the way to the report, which is made last
    conda:
        "../../environment.yml"
    params:
        code=code_sha("tabulate_results"),
        formats=TABLE_FORMATS,
        style=STYLE,
        specs=SPECIFICATIONS,
        codings=coded_with(*CODINGS)["codings"],
        labels={name: coding.label for name, coding in CODINGS.items()}
        | {name: group.label for name, group in GROUPS.items()},
        regions={CONFIG.sample: "All allies"}
        | {name: GROUPS[name].label for name in OTHER_REGIONS},
        hypotheses=ON_OBSTACLES,
        sample_label=GROUPS[CONFIG.sample].label,
        confidence_level=CONFIG.confidence_level,
    message:
        "Set the tables of robustness, effects, contrasts and weights"
    script:
        "../scripts/tabulate_results.py"
