# Tidy results and data → figures.


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
