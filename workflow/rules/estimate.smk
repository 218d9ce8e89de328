# Coded data → tidy results, one file per specification of config/models.yaml.

# models of one outcome share their tables, and start Python once
ESTIMATED = {}
for name, spec in MODELS_BY_ID.items():
    ESTIMATED.setdefault(spec.outcome, {})[name] = spec


# begun first, so that all cores are busy to the end
LONGEST = ("effort", "adoption", "agreement")

for outcome, specs in ESTIMATED.items():

    rule:
        name:
            f"estimate_{outcome}"
        input:
            country_years=COUNTRY_YEARS,
            spells=SPELLS,
            tables=tables_of_models(specs),
        output:
            estimates=report(
                expand(in_run("results/estimates/{spec}.csv"), spec=specs),
                caption="../report/estimates.rst",
                category="Estimates",
            ),
            inference=report(
                expand(in_run("results/inference/{spec}.csv"), spec=specs),
                caption="../report/inference.rst",
                category="Estimates",
            ),
        log:
            in_run(f"results/logs/estimate_{outcome}.log"),
        benchmark:
            in_run(f"results/benchmarks/estimate_{outcome}.tsv")
        priority: 15 if outcome in LONGEST else 10
        conda:
            "../../environment.yml"
        params:
            code=code_sha("estimate"),
            specs=dumped(specs),
            own_samples=own_samples(specs),
            coded=codings_of_models(specs),
            sample=sample_of(CONFIG.sample),
            min_clusters=CONFIG.min_clusters,
            confidence_level=CONFIG.confidence_level,
            low_quantile=CONFIG.typology.quantiles[0],
            seed=CONFIG.seed,
            draws=CONFIG.bootstrap_draws,
            permutations=CONFIG.permutations,
        message:
            f"Estimate the models of {outcome}"
        script:
            "../scripts/estimate.py"
