# Tidy results and data → figures, with their captions.

# the outcomes of durations, one specification each
WAITING = one_per_outcome(TIMED)
DURATION_TABLES = tables_of_models(WAITING)


rule draw_data:
    input:
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        tables=DURATION_TABLES,
        typology=in_run("data/processed/typology.csv"),
        effort=in_run("data/processed/outcomes/effort.csv"),
        pledge=in_run("data/processed/outcomes/pledge.csv"),
        coverage=in_run("data/processed/coverage.csv"),
        correlations=in_run("results/measurement/correlations.csv"),
        extensions=EXTENSION_LISTS,
        allies="config/allies.csv",
        codebook="config/codebook.csv",
        own=OWN_LISTS,
        sources="config/sources.csv",
    output:
        report(DATA_FIGURES, caption="../report/figures.rst", category="Figures"),
        captions=in_run("results/figures/parts/captions_data.json"),
    log:
        in_run("results/logs/draw_data.log"),
    benchmark:
        in_run("results/benchmarks/draw_data.tsv")
    priority: 5  # on the way to the report, which is made last
    conda:
        "../../environment.yml"
    params:
        code=code_sha("draw_data"),
        waiting=dumped(WAITING),
        coded=coded_with("political", "economic", "legal"),
        obstacles=["political", "economic", "legal"],
        labels={name: coding.label for name, coding in CODINGS.items()},
        typology=CONFIG.typology.model_dump(),
        sample=sample_of(CONFIG.sample),
        sample_label=SAMPLE.label,
        reference_members=REFERENCE_MEMBERS,
        years=[CONFIG.first_year, CONFIG.last_year],
        confidence_level=CONFIG.confidence_level,
    message:
        "Draw the figures of the data: who waits, types, obstacles, effort, coverage"
    script:
        "../scripts/draw_data.py"


rule draw_results:
    input:
        captions=in_run("results/figures/parts/captions_data.json"),
        estimates=expand(in_run("results/estimates/{spec}.csv"), spec=PRIMARY),
        scorecard=in_run("results/scorecard.csv"),
        years=in_run("results/hypotheses/years.csv"),
        weights=in_run("results/hypotheses/weights.csv"),
        leave_one_out=in_run("results/sensitivity/leave_one_out.csv"),
        power=in_run("results/sensitivity/power.csv"),
        specification_curve=in_run("results/sensitivity/specification_curve.csv"),
        codebook="config/codebook.csv",
        own=OWN_LISTS,
        extensions=EXTENSION_LISTS,
        allies="config/allies.csv",
    output:
        report(
            RESULT_FIGURES + SENSITIVITY_FIGURES,
            caption="../report/figures.rst",
            category="Figures",
        ),
        captions=report(CAPTIONS, caption="../report/captions.rst", category="Figures"),
    log:
        in_run("results/logs/draw_results.log"),
    benchmark:
        in_run("results/benchmarks/draw_results.tsv")
    priority: 5  # on the way to the report, which is made last
    conda:
        "../../environment.yml"
    params:
        code=code_sha("draw_results"),
        specs=dumped(PRIMARY),
        tried=list(TRIED),
        sample_label=SAMPLE.label,
        labels={name: coding.label for name, coding in CODINGS.items()}
        | {name: GROUPS[name].label for name in CURVE_SAMPLES},
        regions=[CONFIG.sample, *OTHER_REGIONS],
        confidence_level=CONFIG.confidence_level,
    message:
        "Draw the figures of the results: coefficients, years, weights, sensitivity"
    script:
        "../scripts/draw_results.py"
