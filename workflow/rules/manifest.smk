# What made what.


rule manifest:
    input:
        made=PRODUCTS,
        facts=facts(*ALL_FACTS),
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
                "styles.yaml",
                "system_families.csv",
            ],
        )
        + OWN_LISTS
        + EXTENSION_FILES,
    output:
        manifest=report(
            MANIFEST,
            caption="../report/manifest.rst",
            category="Provenance",
        ),
        # of all results, also of the other pages: written here because it is the last
        page=f"{REPORT_FOLDER}/provenance.html",
    log:
        in_run("results/logs/manifest.log"),
    benchmark:
        in_run("results/benchmarks/manifest.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("manifest"),
        config=CONFIG.model_dump(by_alias=True),
        makers=makers(PRODUCTS),
        steps=steps_to(PRODUCTS),
        sample_label=SAMPLE.label,
    message:
        "Write down which rule made each result from what"
    script:
        "../scripts/manifest.py"
