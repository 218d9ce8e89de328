# Settings, checks and the lists of products that the rules share.

import os
import sys
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from snakemake.exceptions import WorkflowError
from snakemake.io import apply_wildcards

PACKAGE_PARENT = str(Path(workflow.basedir, "workflow"))
sys.path.insert(0, PACKAGE_PARENT)
# the logger may have brought the package of another copy, by whose environment Snakemake runs
loaded = sys.modules.get("underbalance")
if loaded and Path(loaded.__file__).parent.parent != Path(PACKAGE_PARENT):
    for name in [
        name for name in sys.modules if name.partition(".")[0] == "underbalance"
    ]:
        del sys.modules[name]
# scripts run in Python processes of their own, which have to find the package too
os.environ.update(PYTHONPATH=PACKAGE_PARENT)
# each job would compile the package anew where the environment forbids to keep its bytecode
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# jobs run side by side, and their matrices are small: more threads would only wait for others
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

try:
    from underbalance.check import check_inputs
    from underbalance.code_state import code_sha
    from underbalance.config import (
        CONFIG_FILE,
        parse_config,
        read_cases,
        read_codings,
        read_groups,
    )
    from underbalance.errors import FaultsError
    from underbalance.extensions import (
        files_in_force,
        list_files,
        named_by,
        raw_files,
    )
    from underbalance.outcomes.case_list import case_codes, case_order
    from underbalance.outcomes.listed import all_outcomes
    from underbalance.own.definitions import lists_in_use, read_own
    from underbalance.present.inference_table import inference_names
    from underbalance.present.model_groups import model_groups
    from underbalance.present.site.documents import PAGES as DOCUMENTS
    from underbalance.present.site.listing import report_files
    from underbalance.places import EXTENSIONS, RUN, folder_of, in_run
    from underbalance.present.table_style import read_styles
    from underbalance.provenance import folder_state
    from underbalance.registry import (
        first_year_of,
        last_year_of,
        read_allies,
        read_expectations,
        read_sources,
    )
    from underbalance.coding.order import used_by
    from underbalance.hypotheses.specs import (
        WEIGHED,
        contrasted,
        one_per_outcome,
        primary,
    )
    from underbalance.hypotheses.years import timed
    from underbalance.models.design import files_of
    from underbalance.runs import sample_named
    from underbalance.samples import members_of, resolve_sample
    from underbalance.schemas.facts import FACTS
    from underbalance.sources.facts import originals_folder
    from underbalance.specifications import read_models
    from underbalance.tables import remove_parts
    from underbalance.yaml_files import read_yaml
except ModuleNotFoundError as error:
    if str(error.name).startswith("underbalance."):
        raise WorkflowError(
            f"this copy of the project has no module {error.name}: its folder workflow/ is not "
            "whole. `git status` names files that are gone, `git restore workflow` brings them back"
        ) from None
    raise WorkflowError(
        f"this Python has no {error.name}. The workflow checks its input before it runs a job "
        "and needs the libraries of environment.yml for that. Either run `make`, or: "
        "conda env create --file environment.yml; conda activate underbalance"
    ) from None

try:
    # settings given on the command line (--config) win over the file
    OF_FILE, OF_COMMAND = read_yaml(CONFIG_FILE), list(config)
    config = {**OF_FILE, **config}
    NOTES = check_inputs(config, with_facts=not config.get("sources"), given=OF_COMMAND)
    # in an ingest the shipped tables are made, which no extension is part of
    IN_FORCE = named_by(config["sample"], read_groups()) * (not config.get("sources"))
    os.environ[EXTENSIONS] = "+".join(IN_FORCE)
    # the lists and ties of extensions in force, read wherever config/allies.csv or sources.csv
    # is, and wherever notes name the extensions
    EXTENSION_LISTS = [
        path.as_posix() for path in [*list_files(), *raw_files("alliance")[1:]]
    ]
    EXTENSION_FILES = [path.as_posix() for path in files_in_force()]
    GROUPS, CODINGS, MODELS_BY_ID = read_groups(), read_codings(), read_models()
    SAMPLE = sample_named(config["sample"])
    SAMPLE_MEMBERS = sorted(SAMPLE.members)
    # allies that no shipped list has
    ONLY_EXTENDED = {*read_allies()["extension"]} - {""}
    CONFIG = parse_config({**config, "sample": SAMPLE.name})
    DEFAULT_SAMPLE = sample_named(OF_FILE.get("sample", CONFIG.sample))
    REFERENCE_MEMBERS = sorted(
        members_of(CONFIG.reference.sample, GROUPS, read_allies())
    )
    # the reference samples of codings that have their own
    REFERENCES = {
        name: {
            "group": GROUPS[coding.reference.sample].model_dump(by_alias=True),
            "members": sorted(
                members_of(coding.reference.sample, GROUPS, read_allies())
            ),
            "years": [coding.reference.first_year, coding.reference.last_year],
        }
        for name, coding in CODINGS.items()
        if coding.reference
    }
    REFERENCE_LABEL = (
        f"{GROUPS[CONFIG.reference.sample].label}, "
        f"{CONFIG.reference.first_year} to {CONFIG.reference.last_year}"
    )
    IS_DEFAULT = SAMPLE.name == DEFAULT_SAMPLE.name
    # how tables look
    STYLE = read_styles()[CONFIG.style].model_dump()
    CASES = read_cases()
    # the user's own tables, and the outcomes of the design with those of the user
    OWN, OUTCOMES = read_own(), all_outcomes()
    OWN_LISTS = [path.as_posix() for path in lists_in_use()]
    ALL_FACTS = [*sorted(FACTS), *OWN.tables]
    SEED = frozenset(
        members_of("seed", GROUPS, read_allies()) if "seed" in GROUPS else ()
    ) & (SAMPLE.members if not IS_DEFAULT else frozenset(read_allies()["iso3"]))
    # the default run has all cases and claims, that of another sample those of its allies
    JUDGED = [] if IS_DEFAULT else SAMPLE_MEMBERS
    CASE_ORDER = [
        iso3
        for iso3 in case_order(case_codes(CASES), read_allies(), SEED)
        if IS_DEFAULT or iso3 in SAMPLE.members
    ]
except FaultsError as error:
    raise WorkflowError(f"nothing was run, nothing was changed. {error}") from None

# where the files of the run lie: jobs find them by these variables, also on another machine,
# where Snakemake reads these rules anew with the same settings
os.environ[RUN] = folder_of(SAMPLE.name, DEFAULT_SAMPLE.name)

for note in NOTES:
    print(f"note: {note}", file=sys.stderr)

# what tables and figures call samples
SAMPLE_LABELS = {name: group.label for name, group in GROUPS.items()}
SAMPLE_LABELS[SAMPLE.name] = SAMPLE.label

# the formats of every table: read, on a page, in a paper as a float, in a float of one's own,
# in Word
TABLE_FORMATS = [".csv", ".html", ".tex", "_tabular.tex", ".docx"]


def table_files(name, folder=in_run("results/tables")):
    """Return the files of a table in every format."""
    return [f"{folder}/{name}{ending}" for ending in TABLE_FORMATS]


def shown_files(name, folder=in_run("results/tables")):
    """Return the files of a table whose CSV holds data, not the cells as they are shown."""
    return [path for path in table_files(name, folder) if not path.endswith(".csv")]


RAW = "data/raw/{table}.csv"
MANIFEST = in_run("results/manifest.json")
DATA = (
    expand(
        in_run("data/processed/{table}.csv"),
        table=[
            "ally_year",
            "leader_spells",
            "legal",
            "deals",
            "deal_spells",
            "missile_launches_by_year",
            "notification_orders",
            "observed_types",
            "delay_medians",
            "predicted_types",
            "typology",
            "typology_periods",
            "ledger",
            "coverage",
        ],
    )
    + expand(in_run("data/processed/ally_year.{format}"), format=["parquet", "dta"])
    + expand(in_run("data/processed/outcomes/{outcome}.csv"), outcome=OUTCOMES)
)
RELIABILITY = expand(
    in_run("results/reliability/{file}"), file=["alpha.csv", "disagreements.csv"]
)
MEASUREMENT = expand(
    in_run("results/measurement/{file}"),
    file=["consistency.csv", "components.csv", "correlations.csv"],
)
MODELS = expand(in_run("results/estimates/{spec}.csv"), spec=MODELS_BY_ID)
INFERENCE = expand(in_run("results/inference/{spec}.csv"), spec=MODELS_BY_ID)
SPECIFICATIONS = {
    name: spec.model_dump(by_alias=True) for name, spec in MODELS_BY_ID.items()
}
MODEL_TABLES = [
    path
    for name in [*model_groups(MODELS_BY_ID), *inference_names(MODELS_BY_ID)]
    for path in table_files(name)
]
TABLES = MODEL_TABLES + table_files("observed_type")
TABLES += [in_run("results/tables/type_agreement.csv")]
TABLES += table_files("typology")
# hypotheses on obstacles, whose primary estimates are tried with other specifications
ON_OBSTACLES = ["H2", "H3", "H4"]
DATA_TABLES = [
    "descriptives",
    "descriptives_outcomes",
    "sample_composition",
    "correlations",
    "correlations_components",
    "coverage",
    "sources",
    "reliability",
    "measurement",
    "cases",
    "case_stages",
    "case_types",
]
RESULT_TABLES = [
    f"robustness_{hypothesis}{part}"
    for hypothesis in ON_OBSTACLES
    for part in ("", "_choices", "_estimators")
]
RESULT_TABLES += ["effects_years", "contrasts", "weights", "nested"]
TABLES += [path for name in DATA_TABLES + RESULT_TABLES for path in table_files(name)]
# what the data of the primary models hold
DESCRIPTION = expand(
    in_run("results/description/{table}.csv"),
    table=["variables", "correlations", "membership", "rows_by_ally", "coverage"],
)
# which rows of added allies the models use, and what the others lack; there are none else
EXTENSION_ROWS = [
    in_run(f"results/description/{table}.csv")
    for table in ("rows_by_ally", "missing_by_ally")
    if IN_FORCE
]
DESCRIPTION += [path for path in EXTENSION_ROWS if path not in DESCRIPTION]
DATA_FIGURES = expand(
    in_run("results/figures/{figure}.{format}"),
    figure=[
        "survival",
        "cumulative_incidence",
        "typology",
        "obstacle_profiles",
        "defence_effort",
        "coding_correlations",
        "coverage",
    ],
    format=["pdf", "png"],
)
RESULT_FIGURES = expand(
    in_run("results/figures/{figure}.{format}"),
    figure=["coefficients", "effects_years", "weights"],
    format=["pdf", "png"],
)
FIGURES = DATA_FIGURES + RESULT_FIGURES
# what is said of each figure, for the report and as macros for a paper
CAPTIONS = multiext(in_run("results/figures/captions"), ".json", ".tex")
CLAIMS = table_files("claims", in_run("results/cases"))
CLAIMS += table_files("expectations", in_run("results/cases"))
OUTCOME_SUMMARY = [in_run("results/outcomes/summary.csv")]
CASE_TABLES = expand(
    in_run("results/cases/{table}.csv"),
    table=[
        "governments",
        "events",
        "stage_durations",
        "reversals",
        "reversals_by_year",
    ],
)
CASE_FIGURES = expand(
    in_run("results/cases/{iso3}.{format}"), iso3=CASE_ORDER, format=["pdf", "png"]
)
SENSITIVITY = expand(
    in_run("results/sensitivity/{table}.csv"),
    table=[
        "leave_one_out",
        "robustness_value",
        "power",
        "collinearity",
        "placebo",
        "alternatives",
        "specification_curve",
        "specification_curve_summary",
    ],
)
# hypotheses on obstacles of the primary models; those of H1 hold the obstacles of the others
# as an indicator, and are not tried for sensitivity
TRIED_HYPOTHESES = {
    name: sorted({test.hypothesis for test in spec.tests} & {*ON_OBSTACLES})
    for name, spec in MODELS_BY_ID.items()
    if spec.role == "primary"
    and {test.hypothesis for test in spec.tests} & {*ON_OBSTACLES}
}
SENSITIVITY_FIGURES = expand(
    in_run("results/figures/sensitivity_{figure}.{format}"),
    figure=["leave_one_out", "power"]
    + [
        f"specification_curve_{hypothesis.lower()}"
        for hypothesis in sorted(
            {h for tests in TRIED_HYPOTHESES.values() for h in tests}
        )
    ],
    format=["pdf", "png"],
)
# what the tables of DATA hold, for programs
PACKAGE = [in_run("data/processed/datapackage.json")]
PRODUCTS = (
    DATA
    + PACKAGE
    + RELIABILITY
    + MODELS
    + INFERENCE
    + TABLES
    + FIGURES
    + OUTCOME_SUMMARY
)
PRODUCTS += CASE_TABLES + CASE_FIGURES
PRODUCTS += MEASUREMENT
PRODUCTS += CLAIMS
PRODUCTS += DESCRIPTION
PRODUCTS += SENSITIVITY + SENSITIVITY_FIGURES + CAPTIONS
HYPOTHESES = table_files("scorecard", in_run("results"))
HYPOTHESES += expand(
    in_run("results/hypotheses/{table}.csv"),
    table=["contrasts", "effects", "weights", "nested", "years"],
)
PRODUCTS += HYPOTHESES
# the report: pages of allies, and what explains each of their years
ALLY_PAGES = [in_run("results/report/allies/index.html")]
ALLY_PAGES += expand(in_run("results/report/allies/{iso3}.html"), iso3=SAMPLE_MEMBERS)
ALLY_PAGES += expand(
    in_run("results/report/allies/explain/{iso3}.js"), iso3=SAMPLE_MEMBERS
)
PRODUCTS += ALLY_PAGES
# what a text quotes
NUMBERS = multiext(in_run("results/numbers"), ".tex", ".json")
PRODUCTS += NUMBERS

# every table that there is as a page, in all its formats
REPORTED_TABLES = [
    path
    for page in sorted({*TABLES, *CLAIMS, *HYPOTHESES})
    if page.endswith(".html")
    for path in table_files(Path(page).stem, Path(page).parent)
]
REPORT_FOLDER = in_run("results/report")
REPORT = [
    f"{REPORT_FOLDER}/{name}"
    for name in report_files(
        OUTCOMES,
        CASE_ORDER,
        [path for path in REPORTED_TABLES if path.endswith(".html")],
        sorted({Path(path).stem for path in FIGURES + SENSITIVITY_FIGURES}),
    )
]
PRODUCTS += REPORT

# files of models that are no longer in config/models.yaml
for path in sorted(Path(in_run("results")).glob("*/*")):
    if (
        path.parent.name in ("estimates", "inference", "tables")
        and str(path) not in MODELS + INFERENCE + TABLES
        and not path.name.startswith(".")  # half written by a run that was killed
    ):
        print(f"note: {path} is of no model of config/models.yaml", file=sys.stderr)
# figures of allies that are no case any more
for path in sorted(Path(in_run("results/cases")).glob("[A-Z][A-Z][A-Z].*")):
    if str(path) not in CASE_FIGURES:
        print(f"note: {path} is of no case of config/cases.yaml", file=sys.stderr)


wildcard_constraints:
    spec="|".join(MODELS_BY_ID),
    table="|".join(FACTS),
    outcome="|".join(OUTCOMES),


def facts(*tables):
    """Return the paths of facts tables."""
    return [
        path.as_posix()
        for table in tables
        for path in ([OWN.file(table)] if table in OWN.tables else raw_files(table))
    ]


def last_year(table):
    """Return the last year that the registry states for a facts table."""
    return last_year_of(read_sources(), table)


def first_year(table):
    """Return the first year that the registry states for a facts table."""
    return first_year_of(read_sources(), table)


# What ally_year is made of. A rule that needs obstacles does not read ally_year, which has
# all codings, but takes these as inputs and the codings that it uses as a parameter
# (coded_with): it is run again when the data or those codings change, and not for others.
COUNTRY_YEARS = in_run("data/processed/parts/country_years.csv")
SPELLS = in_run("data/processed/leader_spells.csv")


def coded_with(*names):
    """Return the codings among names, all they are made of, and the state of the coder."""
    used = used_by(CODINGS, names)
    return {
        "codings": {name: c.model_dump(by_alias=True) for name, c in used.items()},
        "references": {name: REFERENCES[name] for name in used if name in REFERENCES},
        "coder": code_sha("code_obstacles"),
    }


def sample_of(name):
    """Return a sample: its name, definition and allies."""
    sample = resolve_sample(name, GROUPS, read_allies())
    return {
        "name": sample.name,
        "group": sample.group.model_dump(by_alias=True),
        "members": sorted(sample.members),
    }


def is_beside(name):
    """Say whether a group is looked at beside the sample: in another run only parts of it."""
    if name not in GROUPS or name == SAMPLE.name:
        return False
    return IS_DEFAULT or members_of(name, GROUPS, read_allies()) < SAMPLE.members


def outcome_facts(wildcards):
    """Return the facts tables that an outcome needs."""
    return facts(*OUTCOMES[wildcards.outcome].facts)


def own_outcome(wildcards):
    """Return the definition of an outcome of the user; empty for those of the design."""
    own = OWN.outcomes.get(wildcards.outcome)
    return own.model_dump(by_alias=True) if own else {}


def outcome_tables(wildcards):
    """Return the processed tables that an outcome needs."""
    needed = expand(
        in_run("data/processed/{table}.csv"),
        table=OUTCOMES[wildcards.outcome].processed,
    )
    return [in_run("data/processed/parts/country_years.csv"), *needed]


def makers(paths):
    """Return for each path the rule that makes it, its script and its inputs."""
    return {path: maker(path) for path in paths}


@cache
def maker(path):
    """Return the same for one path, None where no rule makes it; rules are tried one by one."""
    made_by = next((r for r in workflow.rules if r.is_producer(path)), None)
    if made_by is None:
        return None
    output = next(output for output in made_by.output if output.match(path))
    wildcards = output.match(path).groupdict()
    inputs = [
        (item(SimpleNamespace(**wildcards)) if callable(item) else [item])
        for item in made_by.input
    ]
    return {
        "rule": made_by.name,
        "script": f"workflow/scripts/{Path(made_by.script).name}",
        "inputs": [apply_wildcards(str(i), wildcards) for part in inputs for i in part],
    }


def steps_to(paths):
    """Return for each file that is made on the way to paths the same as makers."""
    found, waiting = {}, sorted(paths)
    while waiting:
        found |= makers(waiting)
        inputs = {name for maker in found.values() for name in maker["inputs"]}
        waiting = [name for name in sorted(inputs - set(found)) if maker(name)]
    return {name: maker for name, maker in found.items() if name not in paths}


def sources_folder(wildcards):
    """Return the folder of the originals, or say how to give it."""
    if not CONFIG.sources:
        raise WorkflowError(
            "say where the original releases are: snakemake ingest --config sources=FOLDER"
        )
    if not Path(CONFIG.sources).is_dir():
        raise WorkflowError(
            f"there is no folder {CONFIG.sources} with the original releases"
        )
    return CONFIG.sources


def originals_state(wildcards):
    """Return a hash of the state of a table's originals: a newer release is parsed anew."""
    sources = Path(sources_folder(wildcards))
    return folder_state(str(originals_folder(wildcards.table, sources)))


def tables_of_models(specs):
    """Return the tables that several specifications need beside ally_year."""
    return sorted({path for spec in specs.values() for path in files_of(spec)})


def codings_of_models(specs, *more):
    """Return the codings that several specifications use, and more."""
    used = {name for spec in specs.values() for name in spec.of_ally_year}
    return coded_with(*sorted(used | {*more}))


def dumped(specs):
    """Return specifications as parameters."""
    return {name: spec.model_dump(by_alias=True) for name, spec in specs.items()}


def own_samples(specs):
    """Return the samples that specifications name for themselves."""
    named = {spec.sample for spec in specs.values() if spec.sample}
    return [sample_of(name) for name in sorted(named)]
