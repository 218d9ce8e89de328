# Tidy results → tables.


rule tabulate:
    input:
        estimates=MODELS,
        inference=expand(in_run("results/inference/{spec}.csv"), spec=PRIMARY),
        scorecard=in_run("results/scorecard.csv"),
        codebook="config/codebook.csv",
        own=OWN_LISTS,
        extensions=EXTENSION_LISTS,
        extension_rows=EXTENSION_ROWS,
        allies="config/allies.csv",
    output:
        report(MODEL_TABLES, caption="../report/tables.rst", category="Tables"),
    log:
        in_run("results/logs/tabulate.log"),
    benchmark:
        in_run("results/benchmarks/tabulate.tsv")
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
        sample_labels=SAMPLE_LABELS,
        sample_label=SAMPLE.label,
    message:
        "Set the tables of the models"
    script:
        "../scripts/tabulate.py"


rule tabulate_observed_type:
    input:
        predicted=in_run("data/processed/predicted_types.csv"),
        observed=in_run("data/processed/observed_types.csv"),
        extensions=EXTENSION_LISTS,
    output:
        table=report(
            table_files("observed_type"),
            caption="../report/tables.rst",
            category="Tables",
        ),
        agreement=report(
            in_run("results/tables/type_agreement.csv"),
            caption="../report/tables.rst",
            category="Tables",
        ),
    log:
        in_run("results/logs/tabulate_observed_type.log"),
    benchmark:
        in_run("results/benchmarks/tabulate_observed_type.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("tabulate_observed_type"),
        style=STYLE,
        primary=CONFIG.typology.quantiles[0],
        sample_label=SAMPLE.label,
        replications=CONFIG.bootstrap_replications,
        seed=CONFIG.seed,
        level=CONFIG.confidence_level,
    message:
        "Compare the predicted types of allies with the observed ones"
    script:
        "../scripts/tabulate_observed_type.py"


rule tabulate_typology:
    input:
        typology=in_run("data/processed/typology.csv"),
        extensions=EXTENSION_LISTS,
    output:
        csv=report(
            in_run("results/tables/typology.csv"),
            caption="../report/tables.rst",
            category="Tables",
        ),
        shown=report(
            shown_files("typology"), caption="../report/tables.rst", category="Tables"
        ),
    log:
        in_run("results/logs/tabulate_typology.log"),
    benchmark:
        in_run("results/benchmarks/tabulate_typology.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("tabulate_typology"),
        style=STYLE,
        typology=CONFIG.typology.model_dump(),
        group=SAMPLE.group.model_dump(by_alias=True),
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
        coverage=in_run("data/processed/coverage.csv"),
        predicted=in_run("data/processed/predicted_types.csv"),
        observed=in_run("data/processed/observed_types.csv"),
        alpha=in_run("results/reliability/alpha.csv"),
        consistency=in_run("results/measurement/consistency.csv"),
        alternatives=in_run("results/measurement/correlations.csv"),
        stages=in_run("results/cases/stage_durations.csv"),
        reversals=in_run("results/cases/reversals.csv"),
        codebook="config/codebook.csv",
        own=OWN_LISTS,
        extensions=EXTENSION_LISTS,
        allies="config/allies.csv",
        sources="config/sources.csv",
    output:
        **({"missing_by_ally": EXTENSION_ROWS[1]} if IN_FORCE else {}),
        tables=report(
            [path for name in DATA_TABLES for path in table_files(name)],
            caption="../report/tables.rst",
            category="Tables",
        ),
        variables=report(
            in_run("results/description/variables.csv"),
            caption="../report/description.rst",
            category="Data",
        ),
        correlations=report(
            in_run("results/description/correlations.csv"),
            caption="../report/description.rst",
            category="Data",
        ),
        membership=report(
            in_run("results/description/membership.csv"),
            caption="../report/description.rst",
            category="Data",
        ),
        rows_by_ally=report(
            in_run("results/description/rows_by_ally.csv"),
            caption="../report/description.rst",
            category="Data",
        ),
        coverage=report(
            in_run("results/description/coverage.csv"),
            caption="../report/description.rst",
            category="Data",
        ),
    log:
        in_run("results/logs/tabulate_data.log"),
    benchmark:
        in_run("results/benchmarks/tabulate_data.tsv")
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
        sample_label=SAMPLE.label,
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
        scorecard=in_run("results/scorecard.csv"),
        hypotheses=expand(
            in_run("results/hypotheses/{table}.csv"),
            table=["contrasts", "effects", "weights", "nested", "years"],
        ),
        sensitivity=[path for path in SENSITIVITY if "collinearity" not in path],
        codebook="config/codebook.csv",
        own=OWN_LISTS,
        extensions=EXTENSION_LISTS,
        allies="config/allies.csv",
    output:
        report(
            [path for name in RESULT_TABLES for path in table_files(name)],
            caption="../report/tables.rst",
            category="Tables",
        ),
    log:
        in_run("results/logs/tabulate_results.log"),
    benchmark:
        in_run("results/benchmarks/tabulate_results.tsv")
    priority: 5  # on the way to the report, which is made last
    conda:
        "../../environment.yml"
    params:
        code=code_sha("tabulate_results"),
        formats=TABLE_FORMATS,
        style=STYLE,
        specs=SPECIFICATIONS,
        codings=coded_with(*CODINGS)["codings"],
        labels={name: coding.label for name, coding in CODINGS.items()} | SAMPLE_LABELS,
        regions={CONFIG.sample: "All allies"}
        | {name: GROUPS[name].label for name in OTHER_REGIONS},
        hypotheses=ON_OBSTACLES,
        sample_label=SAMPLE.label,
        confidence_level=CONFIG.confidence_level,
    message:
        "Set the tables of robustness, effects, contrasts and weights"
    script:
        "../scripts/tabulate_results.py"
