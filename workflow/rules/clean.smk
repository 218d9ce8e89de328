# Facts → clean tables: one value per key, every repair in the ledger.


rule clean_leaders:
    input:
        facts=facts("leaders"),
        extensions=EXTENSION_LISTS,
        allies="config/allies.csv",
    output:
        spells=in_run("data/processed/leader_spells.csv"),
        ledger=in_run("data/processed/parts/ledger_leaders.csv"),
    log:
        in_run("results/logs/clean_leaders.log"),
    benchmark:
        in_run("results/benchmarks/clean_leaders.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("clean_leaders"),
    message:
        "Merge the sources on leaders into one line of spells per ally"
    script:
        "../scripts/clean_leaders.py"


rule clean_legal:
    input:
        facts=facts("legal_constraints"),
    output:
        table=in_run("data/processed/legal.csv"),
        ledger=in_run("data/processed/parts/ledger_legal.csv"),
    log:
        in_run("results/logs/clean_legal.log"),
    benchmark:
        in_run("results/benchmarks/clean_legal.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("clean_legal"),
    message:
        "Adjudicate the two codings of legal constraints"
    script:
        "../scripts/clean_legal.py"


rule clean_country_years:
    input:
        facts=facts(
            "alliance",
            "arms_orders",
            "cabinet_retention",
            "cabinets",
            "capabilities",
            "disputes",
            "distances",
            "economy",
            "economy_vintages",
            "elections",
            "geopolitical_risk",
            "ideal_points",
            "institutions",
            "leader_ideology",
            "manifesto_positions",
            "milex",
            "party_governments",
            "ratification",
            "rivalries",
            "us_aid",
            "us_rivalries",
            "us_trade",
            "us_troops",
        ),
        own=facts(*OWN.variables),
        legal=in_run("data/processed/legal.csv"),
        extensions=EXTENSION_LISTS,
        allies="config/allies.csv",
        rivals="config/rivals.csv",
        sources="config/sources.csv",
    output:
        table=in_run("data/processed/parts/country_years.csv"),
        ledger=in_run("data/processed/parts/ledger_country_years.csv"),
    log:
        in_run("results/logs/clean_country_years.log"),
    benchmark:
        in_run("results/benchmarks/clean_country_years.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("clean_country_years"),
        own={name: own.model_dump(by_alias=True) for name, own in OWN.variables.items()},
        first_year=CONFIG.first_year,
        last_year=CONFIG.last_year,
        reference_members=REFERENCE_MEMBERS,
        reference_years=[CONFIG.reference.first_year, CONFIG.reference.last_year],
        election_valid_years=CONFIG.election_valid_years,
    message:
        "Bring the yearly sources into one table of listed allies and years"
    script:
        "../scripts/clean_country_years.py"


rule clean_deals:
    input:
        facts=facts("deals", "deal_notes"),
        country_years=in_run("data/processed/parts/country_years.csv"),
    output:
        deals=in_run("data/processed/deals.csv"),
        spells=in_run("data/processed/deal_spells.csv"),
        ledger=in_run("data/processed/parts/ledger_deals.csv"),
    log:
        in_run("results/logs/clean_deals.log"),
    benchmark:
        in_run("results/benchmarks/clean_deals.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("clean_deals"),
        last_year=last_year("deals"),
    message:
        "Join the arms deals with their notes and lay out their years at risk"
    script:
        "../scripts/clean_deals.py"


rule clean_missile_launches:
    input:
        facts=facts("missile_launches"),
    output:
        in_run("data/processed/missile_launches_by_year.csv"),
    log:
        in_run("results/logs/clean_missile_launches.log"),
    benchmark:
        in_run("results/benchmarks/clean_missile_launches.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("clean_missile_launches"),
        first_year=first_year("missile_launches"),
        last_year=last_year("missile_launches"),
    message:
        "Count the missiles that North Korea launched, by year and range class"
    script:
        "../scripts/clean_missile_launches.py"


rule clean_notifications:
    input:
        facts=facts("notifications"),
        deals=in_run("data/processed/deals.csv"),
        families="config/system_families.csv",
    output:
        table=in_run("data/processed/notification_orders.csv"),
        ledger=in_run("data/processed/parts/ledger_notifications.csv"),
    log:
        in_run("results/logs/clean_notifications.log"),
    benchmark:
        in_run("results/benchmarks/clean_notifications.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("clean_notifications"),
    message:
        "Match US notices of requested sales with the orders that followed"
    script:
        "../scripts/clean_notifications.py"


rule coverage:
    input:
        facts=facts(*ALL_FACTS),
        country_years=in_run("data/processed/parts/country_years.csv"),
        outcomes=expand(
            in_run("data/processed/outcomes/{outcome}.csv"), outcome=OUTCOMES
        ),
        extensions=EXTENSION_LISTS,
        sources="config/sources.csv",
        own=OWN_LISTS,
    output:
        in_run("data/processed/coverage.csv"),
    log:
        in_run("results/logs/coverage.log"),
    benchmark:
        in_run("results/benchmarks/coverage.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("coverage"),
    message:
        "Say for every ally, year, source and outcome: observed, outside or missing"
    script:
        "../scripts/coverage.py"


rule ledger:
    input:
        in_run("data/processed/parts/ledger_country_years.csv"),
        in_run("data/processed/parts/ledger_deals.csv"),
        in_run("data/processed/parts/ledger_leaders.csv"),
        in_run("data/processed/parts/ledger_legal.csv"),
        in_run("data/processed/parts/ledger_notifications.csv"),
        in_run("data/processed/parts/ledger_obstacles.csv"),
        in_run("data/processed/parts/ledger_observed_types.csv"),
        in_run("data/processed/parts/ledger_typology.csv"),
        expand(
            in_run("data/processed/parts/ledger_outcome_{outcome}.csv"),
            outcome=OUTCOMES,
        ),
    output:
        in_run("data/processed/ledger.csv"),
    log:
        in_run("results/logs/ledger.log"),
    benchmark:
        in_run("results/benchmarks/ledger.tsv")
    conda:
        "../../environment.yml"
    params:
        code=code_sha("ledger"),
    message:
        "Gather what was dropped, repaired or left empty, and why"
    script:
        "../scripts/ledger.py"
