# Primary models → contrasts, weights and nested comparisons; estimates → the scorecard.

# allies of these groups are looked at apart from the whole sample
WEIGHED_REGIONS = ["europe", "asia_pacific"]
PRIMARY = primary(MODELS_BY_ID)
CONTRASTED = contrasted(MODELS_BY_ID)
TIMED = timed(MODELS_BY_ID)
ONE_PER_OUTCOME = one_per_outcome(PRIMARY)
OTHER_REGIONS = [name for name in WEIGHED_REGIONS if is_beside(name)]


rule contrast_effects:
    input:
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        tables=tables_of_models(CONTRASTED),
    output:
        contrasts=report(
            in_run("results/hypotheses/contrasts.csv"),
            caption="../report/hypotheses.rst",
            category="Hypotheses",
        ),
        effects=report(
            in_run("results/hypotheses/effects.csv"),
            caption="../report/hypotheses.rst",
            category="Hypotheses",
        ),
    log:
        in_run("results/logs/contrast_effects.log"),
    benchmark:
        in_run("results/benchmarks/contrast_effects.tsv")
    priority: 5  # on the way to the report, which is made last
    conda:
        "../../environment.yml"
    params:
        code=code_sha("contrast_effects"),
        specs=dumped(CONTRASTED),
        own_samples=own_samples(CONTRASTED),
        coded=codings_of_models(CONTRASTED),
        sample=sample_of(CONFIG.sample),
        min_clusters=CONFIG.min_clusters,
        confidence_level=CONFIG.confidence_level,
        low_quantile=CONFIG.typology.quantiles[0],
        seed=CONFIG.seed,
        replications=CONFIG.bootstrap_replications,
    message:
        "Compare the effects of the obstacles on pace and on steadiness"
    script:
        "../scripts/contrast_effects.py"


rule weigh_obstacles:
    input:
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        tables=tables_of_models(CONTRASTED),
    output:
        report(
            in_run("results/hypotheses/weights.csv"),
            caption="../report/hypotheses.rst",
            category="Hypotheses",
        ),
    log:
        in_run("results/logs/weigh_obstacles.log"),
    benchmark:
        in_run("results/benchmarks/weigh_obstacles.tsv")
    priority: 12  # long, too
    conda:
        "../../environment.yml"
    params:
        code=code_sha("weigh_obstacles"),
        specs=dumped(CONTRASTED),
        own_samples=own_samples(CONTRASTED),
        coded=codings_of_models(CONTRASTED, *WEIGHED),
        sample=sample_of(CONFIG.sample),
        min_clusters=CONFIG.min_clusters,
        confidence_level=CONFIG.confidence_level,
        low_quantile=CONFIG.typology.quantiles[0],
        others=[sample_of(name) for name in OTHER_REGIONS],
        seed=CONFIG.seed,
        replications=CONFIG.bootstrap_replications,
    message:
        "Weigh the obstacles against each other, by region"
    script:
        "../scripts/weigh_obstacles.py"


rule compare_nested:
    input:
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        tables=tables_of_models(PRIMARY),
    output:
        report(
            in_run("results/hypotheses/nested.csv"),
            caption="../report/hypotheses.rst",
            category="Hypotheses",
        ),
    log:
        in_run("results/logs/compare_nested.log"),
    benchmark:
        in_run("results/benchmarks/compare_nested.tsv")
    priority: 12  # long, too
    conda:
        "../../environment.yml"
    params:
        code=code_sha("compare_nested"),
        specs=dumped(PRIMARY),
        own_samples=own_samples(PRIMARY),
        coded=codings_of_models(PRIMARY),
        sample=sample_of(CONFIG.sample),
        min_clusters=CONFIG.min_clusters,
        confidence_level=CONFIG.confidence_level,
        low_quantile=CONFIG.typology.quantiles[0],
    message:
        "Compare models with and without obstacles and rivals"
    script:
        "../scripts/compare_nested.py"


rule scorecard:
    input:
        estimates=expand(in_run("results/estimates/{spec}.csv"), spec=PRIMARY),
        inference=expand(in_run("results/inference/{spec}.csv"), spec=PRIMARY),
        contrasts=in_run("results/hypotheses/contrasts.csv"),
        codebook="config/codebook.csv",
        own=OWN_LISTS,
        extensions=EXTENSION_LISTS,
        extension_rows=EXTENSION_ROWS,
    output:
        csv=report(
            in_run("results/scorecard.csv"),
            caption="../report/scorecard.rst",
            category="Hypotheses",
        ),
        shown=report(
            shown_files("scorecard", in_run("results")),
            caption="../report/scorecard.rst",
            category="Hypotheses",
        ),
    log:
        in_run("results/logs/scorecard.log"),
    benchmark:
        in_run("results/benchmarks/scorecard.tsv")
    priority: 5  # on the way to the report, which is made last
    conda:
        "../../environment.yml"
    params:
        code=code_sha("scorecard"),
        sample_label=SAMPLE.label,
        style=STYLE,
        specs=dumped(PRIMARY),
        coded=codings_of_models(PRIMARY),
        confidence_level=CONFIG.confidence_level,
    message:
        "Judge the hypotheses"
    script:
        "../scripts/scorecard.py"


rule count_years:
    input:
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        tables=tables_of_models(TIMED),
    output:
        report(
            in_run("results/hypotheses/years.csv"),
            caption="../report/hypotheses.rst",
            category="Hypotheses",
        ),
    log:
        in_run("results/logs/count_years.log"),
    benchmark:
        in_run("results/benchmarks/count_years.tsv")
    priority: 12  # long, too
    conda:
        "../../environment.yml"
    params:
        code=code_sha("count_years"),
        specs=dumped(TIMED),
        own_samples=own_samples(TIMED),
        coded=codings_of_models(TIMED),
        sample=sample_of(CONFIG.sample),
        min_clusters=CONFIG.min_clusters,
        confidence_level=CONFIG.confidence_level,
        low_quantile=CONFIG.typology.quantiles[0],
        seed=CONFIG.seed,
        replications=CONFIG.bootstrap_replications,
    message:
        "Say in years how much longer cooperation takes where an obstacle is higher"
    script:
        "../scripts/count_years.py"
