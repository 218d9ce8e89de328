# Coded data → tidy results, one file per specification of config/models.yaml.


rule estimate:
    input:
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        tables=estimation_inputs,
    output:
        estimates="results/estimates/{spec}.csv",
        inference="results/inference/{spec}.csv",
    log:
        "results/logs/estimate_{spec}.log",
    benchmark:
        "results/benchmarks/estimate_{spec}.tsv"
    # the longest first, so that all cores are busy to the end
    priority: 10
    conda:
        "../../environment.yml"
    params:
        code=code_sha("estimate"),
        spec=lambda wildcards: MODELS_BY_ID[wildcards.spec].model_dump(by_alias=True),
        coded=lambda wildcards: model_codings(MODELS_BY_ID[wildcards.spec]),
        sample=lambda wildcards: model_sample(MODELS_BY_ID[wildcards.spec]),
        min_clusters=CONFIG.min_clusters,
        confidence_level=CONFIG.confidence_level,
        low_quantile=CONFIG.typology.quantiles[0],
        seed=CONFIG.seed,
        draws=CONFIG.bootstrap_draws,
        permutations=CONFIG.permutations,
    message:
        "Estimate {wildcards.spec}"
    script:
        "../scripts/estimate.py"
