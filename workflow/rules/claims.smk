# Coded obstacles and public record → what they say of the claims of Yoo (2012), and of what
# is expected of the coding.


rule claims:
    input:
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        facts=facts(
            "seed_claims", "missile_defence_events", "deals", "missile_launches"
        ),
        extensions=EXTENSION_LISTS,
    output:
        csv=report(
            in_run("results/cases/claims.csv"),
            caption="../report/claims.rst",
            category="Cases",
        ),
        shown=report(
            shown_files("claims", in_run("results/cases")),
            caption="../report/claims.rst",
            category="Cases",
        ),
    log:
        in_run("results/logs/claims.log"),
    benchmark:
        in_run("results/benchmarks/claims.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("claims"),
        judged=JUDGED,
        style=STYLE,
        coded=coded_with("political", "economic", "legal", "social"),
        last_recorded=last_year("missile_defence_events"),
    message:
        "Hold the claims of Yoo (2012) against the coding and the public record"
    script:
        "../scripts/claims.py"


rule expectations:
    input:
        country_years=COUNTRY_YEARS,
        spells=SPELLS,
        expected="config/expectations.csv",
        codebook="config/codebook.csv",
        own=OWN_LISTS,
        extensions=EXTENSION_LISTS,
    output:
        csv=report(
            in_run("results/cases/expectations.csv"),
            caption="../report/expectations.rst",
            category="Cases",
        ),
        shown=report(
            shown_files("expectations", in_run("results/cases")),
            caption="../report/expectations.rst",
            category="Cases",
        ),
    log:
        in_run("results/logs/expectations.log"),
    benchmark:
        in_run("results/benchmarks/expectations.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("expectations"),
        judged=JUDGED,
        style=STYLE,
        coded=coded_with(*read_expectations()["obstacle"]),
        high_quantile=CONFIG.typology.quantiles[0],
    message:
        "Hold the coding against what is expected of it"
    script:
        "../scripts/expectations.py"
