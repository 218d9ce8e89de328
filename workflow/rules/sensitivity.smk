# The primary estimates without each ally, against what was left out, with leads, other
# estimators, codings and samples; the power of their tests.

# the samples of the plan's robustness runs
CURVE_SAMPLES = [
    name
    for name in ("extended", "europe", "asia_pacific", "core_without_thailand")
    if is_beside(name)
]
TRIED = {name: MODELS_BY_ID[name] for name in TRIED_HYPOTHESES}
TRIED_TABLES = tables_of_models(TRIED)


rule sensitivity:
    input:
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        tables=TRIED_TABLES,
    output:
        leave_one_out=report(
            in_run("results/sensitivity/leave_one_out.csv"),
            caption="../report/sensitivity.rst",
            category="Sensitivity",
        ),
        robustness_value=report(
            in_run("results/sensitivity/robustness_value.csv"),
            caption="../report/sensitivity.rst",
            category="Sensitivity",
        ),
        power=report(
            in_run("results/sensitivity/power.csv"),
            caption="../report/sensitivity.rst",
            category="Sensitivity",
        ),
        collinearity=report(
            in_run("results/sensitivity/collinearity.csv"),
            caption="../report/sensitivity.rst",
            category="Sensitivity",
        ),
    log:
        in_run("results/logs/sensitivity.log"),
    benchmark:
        in_run("results/benchmarks/sensitivity.tsv")
    priority: 5  # on the way to the report, which is made last
    conda:
        "../../environment.yml"
    params:
        code=code_sha("sensitivity"),
        specs=dumped(TRIED),
        own_samples=own_samples(TRIED),
        coded=codings_of_models(TRIED),
        sample=sample_of(CONFIG.sample),
        min_clusters=CONFIG.min_clusters,
        confidence_level=CONFIG.confidence_level,
        low_quantile=CONFIG.typology.quantiles[0],
        seed=CONFIG.seed,
        draws=CONFIG.bootstrap_draws,
        simulations=CONFIG.power_simulations,
    message:
        "Try the primary estimates without each ally, and the power of their tests"
    script:
        "../scripts/sensitivity.py"


rule placebo:
    input:
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        tables=TRIED_TABLES,
    output:
        report(
            in_run("results/sensitivity/placebo.csv"),
            caption="../report/sensitivity.rst",
            category="Sensitivity",
        ),
    log:
        in_run("results/logs/placebo.log"),
    benchmark:
        in_run("results/benchmarks/placebo.tsv")
    priority: 5  # on the way to the report, which is made last
    conda:
        "../../environment.yml"
    params:
        code=code_sha("placebo"),
        specs=dumped(TRIED),
        own_samples=own_samples(TRIED),
        coded=codings_of_models(TRIED),
        sample=sample_of(CONFIG.sample),
        min_clusters=CONFIG.min_clusters,
        confidence_level=CONFIG.confidence_level,
        low_quantile=CONFIG.typology.quantiles[0],
        seed=CONFIG.seed,
        draws=CONFIG.bootstrap_draws,
    message:
        "Estimate the primary models with the obstacle of the year after"
    script:
        "../scripts/placebo.py"


rule alternatives:
    input:
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        tables=TRIED_TABLES,
    output:
        report(
            in_run("results/sensitivity/alternatives.csv"),
            caption="../report/sensitivity.rst",
            category="Sensitivity",
        ),
    log:
        in_run("results/logs/alternatives.log"),
    benchmark:
        in_run("results/benchmarks/alternatives.tsv")
    priority: 5  # on the way to the report, which is made last
    conda:
        "../../environment.yml"
    params:
        code=code_sha("alternatives"),
        specs=dumped(TRIED),
        own_samples=own_samples(TRIED),
        coded=codings_of_models(TRIED),
        sample=sample_of(CONFIG.sample),
        min_clusters=CONFIG.min_clusters,
        confidence_level=CONFIG.confidence_level,
        low_quantile=CONFIG.typology.quantiles[0],
        seed=CONFIG.seed,
        draws=CONFIG.bootstrap_draws,
    message:
        "Estimate the primary models with other estimators"
    script:
        "../scripts/alternatives.py"


rule specification_curve:
    input:
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        tables=TRIED_TABLES,
    output:
        curve=report(
            in_run("results/sensitivity/specification_curve.csv"),
            caption="../report/sensitivity.rst",
            category="Sensitivity",
        ),
        summary=report(
            in_run("results/sensitivity/specification_curve_summary.csv"),
            caption="../report/sensitivity.rst",
            category="Sensitivity",
        ),
    log:
        in_run("results/logs/specification_curve.log"),
    benchmark:
        in_run("results/benchmarks/specification_curve.tsv")
    priority: 20  # the longest job: begun first, so that both cores end together
    conda:
        "../../environment.yml"
    params:
        code=code_sha("specification_curve"),
        specs=dumped(TRIED),
        own_samples=own_samples(TRIED),
        coded=coded_with(*CODINGS),
        sample=sample_of(CONFIG.sample),
        others=[sample_of(name) for name in CURVE_SAMPLES],
        last_year=CONFIG.last_year,
        min_clusters=CONFIG.min_clusters,
        confidence_level=CONFIG.confidence_level,
        low_quantile=CONFIG.typology.quantiles[0],
        seed=CONFIG.seed,
        draws=CONFIG.bootstrap_draws,
    message:
        "Estimate every obstacle in all its codings and samples"
    script:
        "../scripts/specification_curve.py"
