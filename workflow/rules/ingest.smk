# Original releases → facts tables in data/raw. Only with `--config sources=FOLDER`; a
# fresh clone has the facts tables and needs none of this.


rule parse_facts:
    input:
        allies="config/allies.csv",
        rivals="config/rivals.csv",
        families="config/system_families.csv",
    output:
        "data/staged/{table}.csv",
    log:
        in_run("results/logs/parse_facts_{table}.log"),
    benchmark:
        in_run("results/benchmarks/parse_facts_{table}.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("parse_facts"),
        sources=sources_folder,
        state=originals_state,
    message:
        "Parse the originals of {wildcards.table}"
    script:
        "../scripts/parse_facts.py"


rule ingest:
    input:
        staged=expand("data/staged/{table}.csv", table=sorted(FACTS)),
    log:
        in_run("results/logs/ingest.log"),
    benchmark:
        in_run("results/benchmarks/ingest.tsv")
    conda:
        "../../environment.yml"
    message:
        "Put the facts tables in data/raw and their SHA-256 in config/sources.csv"
    script:
        "../scripts/ingest.py"
