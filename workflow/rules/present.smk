# Tidy results → tables, figures and the manifest.


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
        csv="results/tables/observed_type.csv",
        html="results/tables/observed_type.html",
        tex="results/tables/observed_type.tex",
        agreement="results/tables/type_agreement.csv",
    log:
        "results/logs/tabulate_observed_type.log",
    benchmark:
        "results/benchmarks/tabulate_observed_type.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("tabulate_observed_type"),
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
        html="results/tables/typology.html",
        tex="results/tables/typology.tex",
    log:
        "results/logs/tabulate_typology.log",
    benchmark:
        "results/benchmarks/tabulate_typology.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("tabulate_typology"),
        typology=CONFIG.typology.model_dump(),
        group=GROUPS[CONFIG.sample].model_dump(by_alias=True),
        members=SAMPLE_MEMBERS,
    message:
        "Count the ally-years of each type"
    script:
        "../scripts/tabulate_typology.py"


rule draw_undelivered_deals:
    input:
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        deals="data/processed/deals.csv",
    output:
        pdf="results/figures/undelivered_deals.pdf",
        png="results/figures/undelivered_deals.png",
    log:
        "results/logs/draw_undelivered_deals.log",
    benchmark:
        "results/benchmarks/draw_undelivered_deals.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("draw_undelivered_deals"),
        coded=coded_with("political", "economic"),
        last_year=last_year("deals"),
        # the same deals as in the model
        without=MODELS_BY_ID["delivery"].without if "delivery" in MODELS_BY_ID else [],
        sample_label=GROUPS[CONFIG.sample].label,
        confidence_level=CONFIG.confidence_level,
        group=GROUPS[CONFIG.sample].model_dump(by_alias=True),
        members=SAMPLE_MEMBERS,
    message:
        "Draw figure 1: deals not yet delivered, by obstacle"
    script:
        "../scripts/draw_undelivered_deals.py"


rule draw_coefficients:
    input:
        estimates=MODELS,
        scorecard="results/scorecard.csv",
    output:
        pdf="results/figures/coefficients.pdf",
        png="results/figures/coefficients.png",
    log:
        "results/logs/draw_coefficients.log",
    benchmark:
        "results/benchmarks/draw_coefficients.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("draw_coefficients"),
        specs=SPECIFICATIONS,
        confidence_level=CONFIG.confidence_level,
    message:
        "Draw what the primary models say of every hypothesis"
    script:
        "../scripts/draw_coefficients.py"


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


rule draw_coverage:
    input:
        coverage="data/processed/coverage.csv",
        allies="config/allies.csv",
    output:
        facts=multiext("results/figures/coverage", ".pdf", ".png"),
        outcomes=multiext("results/figures/coverage_outcomes", ".pdf", ".png"),
    log:
        "results/logs/draw_coverage.log",
    benchmark:
        "results/benchmarks/draw_coverage.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("draw_coverage"),
        years=[CONFIG.first_year, CONFIG.last_year],
    message:
        "Draw which facts and outcomes are known of which ally and year"
    script:
        "../scripts/draw_coverage.py"


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


rule draw_typology:
    input:
        typology="data/processed/typology.csv",
        allies="config/allies.csv",
    output:
        pdf="results/figures/typology.pdf",
        png="results/figures/typology.png",
    log:
        "results/logs/draw_typology.log",
    benchmark:
        "results/benchmarks/draw_typology.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("draw_typology"),
        typology=CONFIG.typology.model_dump(),
        group=GROUPS[CONFIG.sample].model_dump(by_alias=True),
        members=SAMPLE_MEMBERS,
        years=[CONFIG.first_year, CONFIG.last_year],
    message:
        "Draw of which type every ally is in every year"
    script:
        "../scripts/draw_typology.py"


rule draw_obstacle_profiles:
    input:
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
    output:
        pdf="results/figures/obstacle_profiles.pdf",
        png="results/figures/obstacle_profiles.png",
    log:
        "results/logs/draw_obstacle_profiles.log",
    benchmark:
        "results/benchmarks/draw_obstacle_profiles.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("draw_obstacle_profiles"),
        coded=coded_with("political", "economic", "legal"),
        obstacles=["political", "economic", "legal"],
        members=REFERENCE_MEMBERS,
        years=[CONFIG.first_year, CONFIG.last_year],
    message:
        "Draw the obstacles of every ally over the years"
    script:
        "../scripts/draw_obstacle_profiles.py"


rule draw_coding_correlations:
    input:
        correlations="results/measurement/correlations.csv",
    output:
        pdf="results/figures/coding_correlations.pdf",
        png="results/figures/coding_correlations.png",
    log:
        "results/logs/draw_coding_correlations.log",
    benchmark:
        "results/benchmarks/draw_coding_correlations.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("draw_coding_correlations"),
        labels={name: coding.label for name, coding in CODINGS.items()},
    message:
        "Draw how far alternative codings go with the primary ones"
    script:
        "../scripts/draw_coding_correlations.py"


rule manifest:
    input:
        made=PRODUCTS,
        facts=facts(*sorted(FACTS)),
        lists=expand(
            "config/{name}",
            name=[
                "allies.csv",
                "cases.yaml",
                "codebook.csv",
                "codings.yaml",
                "config.yaml",
                "expectations.csv",
                "groups.yaml",
                "models.yaml",
                "rivals.csv",
                "sources.csv",
                "system_families.csv",
            ],
        ),
    output:
        "results/manifest.json",
    log:
        "results/logs/manifest.log",
    benchmark:
        "results/benchmarks/manifest.tsv"
    conda:
        "../../environment.yml"
    params:
        code=code_sha("manifest"),
        config=CONFIG.model_dump(by_alias=True),
        makers=makers(PRODUCTS),
        steps=steps_to(PRODUCTS),
    message:
        "Write down which rule made each result from what"
    script:
        "../scripts/manifest.py"
