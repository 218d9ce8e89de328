# Tidy results → tables.


rule tabulate:
    input:
        estimates=MODELS,
        scorecard="results/scorecard.csv",
        codebook="config/codebook.csv",
        allies="config/allies.csv",
    output:
        MODEL_TABLES,
    log:
        "results/logs/tabulate.log",
    benchmark:
        "results/benchmarks/tabulate.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("tabulate"),
        formats=TABLE_FORMATS,
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
        table=table_files("observed_type"),
        agreement="results/tables/type_agreement.csv",
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
        csv="results/tables/typology.csv",
        shown=shown_files("typology"),
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
