import re
from pathlib import Path

import pytest
from underbalance.check import check_inputs
from underbalance.errors import Fault, FaultsError
from underbalance.yaml_files import read_yaml

CONFIG = "config/config.yaml"
GROUPS = "config/groups.yaml"
CODINGS = "config/codings.yaml"
MODELS = "config/models.yaml"
ALLIES = "config/allies.csv"
RIVALS = "config/rivals.csv"
SOURCES = "config/sources.csv"
CODEBOOK = "config/codebook.csv"


def edit(file: str, pattern: str, new: str) -> None:
    """Replace the first match of a pattern; it must be there."""
    path = Path(file)
    text, count = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=1, flags=re.M)
    assert count == 1, f"{file} has no {pattern}"
    path.write_text(text, encoding="utf-8")


def append(file: str, line: str) -> int:
    """Add a line to a file; return its number."""
    path = Path(file)
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{line}\n", encoding="utf-8")
    return text.count("\n") + 1


def faults() -> list[Fault]:
    with pytest.raises(FaultsError) as error:
        check_inputs()
    assert all(fault.allowed and fault.mend for fault in error.value.faults)
    return list(error.value.faults)


def test_shipped_state_is_sound_and_has_no_notes(project_copy):
    assert check_inputs() == []


@pytest.mark.parametrize(
    ("file", "pattern", "new", "told"),
    [
        (
            CONFIG,
            "^seed:.*",
            "seed: 1\nseeds: 2",
            {
                "where": "key seeds",
                "rule": "unknown key",
                "value": "2",
                "allowed": "min_clusters",
                "mend": "did you mean `seed`?",
            },
        ),
        (
            CONFIG,
            "^sample: core",
            "sample: cor",
            {
                "where": "key sample",
                "rule": "a sample is a group of config/groups.yaml",
                "value": "cor",
                "allowed": "core, extended",
                "mend": "did you mean `core`?",
            },
        ),
        (
            CONFIG,
            "^  sample: core",
            "  sample: cor",
            {"where": "key reference.sample", "value": "cor", "allowed": "core"},
        ),
        (
            CONFIG,
            "^  social: social",
            "  social: societal",
            {
                "where": "key typology.social",
                "rule": "the typology must be made of codings of config/codings.yaml",
                "value": "societal",
                "allowed": "social",
                "mend": "correct the name",
            },
        ),
        (
            CONFIG,
            "^  last_year: 2023",
            "  last_year: 1980",
            {"where": "key reference", "value": "1990 and 1980", "mend": "correct the value"},
        ),
        (
            GROUPS,
            r"\[core, ISR, TWN\]",
            "[core, ISL, TAI]",
            {
                "where": "group extended",
                "rule": "unknown member",
                "value": "TAI",
                "allowed": "region:europe",
                "mend": "did you mean `THA`? Or add the ally: `underbalance add-ally TAI",
            },
        ),
        (
            GROUPS,
            r"except: \[TWN\]",
            "except: [extended]",
            {"rule": "a group must not contain itself", "value": "→"},
        ),
        (
            CODINGS,
            "variable: debt",
            "variable: dept",
            {
                "where": "coding economic",
                "rule": "unknown variable",
                "value": "dept",
                "allowed": "debt",
                "mend": "config/codebook.csv lists all variables",
            },
        ),
        (
            MODELS,
            "^  outcome: delivery",
            "  outcome: deliverd",
            {
                "where": "key delivery.outcome (and",
                "value": "deliverd",
                "allowed": "delivery",
                "mend": "did you mean `delivery`?",
            },
        ),
        (
            MODELS,
            r"controls: \[log_deal_size",
            "controls: [iso3",
            {
                "where": "key delivery.controls (and",
                "rule": "this variable cannot be used here",
                "value": "iso3",
                "allowed": "size_unknown",
            },
        ),
        (
            MODELS,
            "us_troops_per_1000, log_gdp",
            "us_troops_per_1000, log_deal_size",
            {"rule": "unknown variable", "value": "log_deal_size"},
        ),
        (
            MODELS,
            r"categories: \[category",
            "categories: [kategory",
            {"rule": "unknown variable", "value": "kategory", "allowed": "cohort"},
        ),
        (
            ALLIES,
            "^ALB,Albania,europe",
            "ALB,Albania,balkans",
            {
                "where": "line 2 (ALB)",
                "rule": "region: must be a known code",
                "value": "balkans",
                "allowed": "asia_pacific, europe",
                "mend": "correct",
            },
        ),
        (
            ALLIES,
            "^CZE,(.*),1993-01-01",
            r"CZE,\1,1993-02-30",
            {"where": "(CZE)", "rule": "a date that exists", "value": "1993-02-30"},
        ),
        (
            ALLIES,
            "^BEL,",
            "AUS,",
            {"where": "line 4 (AUS)", "rule": "the key (iso3) must be unique", "value": "AUS"},
        ),
        (
            SOURCES,
            "^milex,.*\n",
            "",
            {
                "where": "table milex",
                "rule": "every facts table must be registered",
                "value": "no row",
                "mend": "restore the row, or add one for a new table",
            },
        ),
        (
            SOURCES,
            "[0-9a-f]{64}$",
            "abc",
            {"rule": "must be a SHA-256", "value": "abc", "allowed": "64 hexadecimal digits"},
        ),
        (
            CODEBOOK,
            "^ally_year,enpp,.*\n",
            "",
            {
                "where": "variable enpp",
                "rule": "every column of ally_year must be described",
                "value": "no row",
                "mend": "begins with ally_year,enpp,",
            },
        ),
    ],
)
def test_fault_in_a_list_is_told_with_place_rule_value_and_how_to_mend(
    project_copy, file, pattern, new, told
):
    edit(file, pattern, new)
    found = faults()
    assert {fault.file for fault in found} == {file}
    as_told = [
        fault for fault in found if all(part in getattr(fault, at) for at, part in told.items())
    ]
    assert as_told, found


def test_misspelt_component_is_not_told_again_as_a_missing_codebook_row(project_copy):
    edit(CODINGS, "variable: debt", "variable: dept")
    assert len(faults()) == 1


@pytest.mark.parametrize("variable", ["z_enpp", "commitment", "region", "political_components"])
def test_index_is_made_of_numbers_and_of_other_indices(project_copy, variable):
    edit(CODINGS, "variable: debt", f"variable: {variable}")
    (fault, *_) = [fault for fault in faults() if fault.file == CODINGS]
    assert (fault.rule, fault.value) == ("this variable cannot be used here", variable)


def test_new_coding_needs_one_entry_and_nothing_else(project_copy):
    append(
        CODINGS,
        "fiscal: {label: l, concept: economic, transform: z, aggregate: mean, "
        "components: [{variable: debt, sign: 1}], min_components: 1}",
    )
    assert check_inputs() == []
    append(CODEBOOK, "ally_year,fiscal,Fiscal obstacle,,,,,,")
    (fault,) = faults()
    assert (fault.where, fault.file) == ("variable fiscal", CODEBOOK)
    assert "describes itself" in fault.mend


def test_ally_that_is_taken_from_the_list_is_told_for_every_table_that_has_it(project_copy):
    edit(ALLIES, "^ALB,.*\n", "")
    found = faults()
    # where Albania stands beside other allies it is a state like any other
    assert {fault.where for fault in found} == {"ally ALB", "state ALB"}
    with_albania = {
        path.as_posix()
        for path in Path("data/raw").glob("*.csv")
        if re.search(r"(^|,)ALB,", path.read_text(encoding="utf-8"), re.M)
    }
    assert {fault.file for fault in found} == with_albania
    assert "config/groups.yaml" in found[0].mend


def test_rival_that_is_taken_from_the_list_is_told_for_every_table_that_has_it(project_copy):
    edit(RIVALS, "^PRK,.*\n", "")
    found = faults()
    assert {fault.where for fault in found} == {"state PRK"}
    with_north_korea = {
        path.as_posix()
        for path in Path("data/raw").glob("*.csv")
        if re.search(r"(^|,)PRK,", path.read_text(encoding="utf-8"), re.M)
    }
    assert {fault.file for fault in found} == with_north_korea
    assert len(with_north_korea) == 4
    assert RIVALS in found[0].allowed


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("JPN,Japan,999,opponent", "state JPN"),
        ("XKX,Kosovo,740,opponent", "state XKX"),
        ("XKX,Kosovo,731,opponent", "state XKX"),
    ],
    ids=["ally", "number of an ally", "number of a rival"],
)
def test_state_that_two_lines_name_is_refused(project_copy, line, where):
    append(RIVALS, line)
    found = faults()
    assert {(fault.file, fault.rule) for fault in found} == {
        (RIVALS, "a state must be listed once, with a Correlates of War code of its own")
    }
    assert where in {fault.where for fault in found}


# --- facts tables ------------------------------------------------------------------------


def test_missing_facts_table_is_told(project_copy):
    Path("data/raw/milex.csv").unlink()
    (fault,) = faults()
    assert (fault.file, fault.value) == ("data/raw/milex.csv", "no such file")
    assert "git checkout -- data/raw/milex.csv" in fault.mend


@pytest.mark.parametrize(
    ("table", "line", "where", "rule", "value"),
    [
        ("milex", "JPN,2030,0.01,,1,,0,0,0", "(JPN 2030)", "year must lie", "2030"),
        ("milex", "JPN,1987,0.01,,1,,0,0,0", "(JPN 1987)", "year must lie", "1987"),
        ("milex", "JPN,2000,0.01,,1,,0,0,0", "(JPN 2000)", "must be unique", "JPN, 2000"),
        ("economy", "JPN,2000,debt,oecd,1,observed", "oecd", "a known code", "oecd"),
        ("economy", "JPN,2000,dept,imf_weo,1,observed", "dept", "a known code", "dept"),
        ("leaders", "JPN,reign,X,2000-02-30,,1,,,", "2000-02-30", "date that exists", "2000-02-30"),
        ("leaders", "JPN,reign,X,2000-02-01,1999-12,0,,,", "", "must not be before", "1999-12"),
        ("us_troops", "CHN,2000,9,5,5", "(CHN 2000 9)", "listed ally", "CHN"),
        ("us_troops", "JPN,2000,9,5", "line", "as many cells as the header", "4 cells"),
        ("ideal_points", "JPN,2025,x,1,1,1", "(JPN 2025)", "must be readable", "'x'"),
    ],
)
def test_wrong_row_of_a_facts_table_is_told_with_its_line(
    project_copy, table, line, where, rule, value
):
    number = append(f"data/raw/{table}.csv", line)
    (fault,) = faults()
    assert fault.file == f"data/raw/{table}.csv"
    assert fault.where.startswith(f"line {number}")
    assert where in fault.where
    assert rule in fault.rule
    assert fault.value == value


@pytest.mark.parametrize(
    ("table", "line", "inside"),
    [
        ("milex", "ISL,2000,0.01,,1,,0,0,0", ""),
        ("milex", "JPN,2025,0.01,,1,,0,0,0", ""),
        ("ideal_points", "TWN,2000,1,1,1,1", ""),
        ("ideal_points", "KOR,1990,1,1,1,1", ""),
        ("economy", "TWN,2000,debt,wb_fiscal_space,1,observed", "TWN 2000 debt imf_weo"),
        ("economy", "JPN,2024,debt,wb_fiscal_space,1,observed", "JPN 2024 debt imf_weo"),
    ],
    ids=[
        "ally",
        "year",
        "Taiwan",
        "year before the ally's first",
        "ally of another source",
        "year of another source",
    ],
)
def test_ally_year_outside_the_coverage_of_its_source_is_refused(project_copy, table, line, inside):
    if inside:  # another source of the table does cover the ally-year
        row = ",".join(inside.split())
        assert re.search(f"^{row}", Path(f"data/raw/{table}.csv").read_text(), re.M)
    number = append(f"data/raw/{table}.csv", line)
    (fault,) = faults()
    iso3, year = line.split(",")[:2]
    assert fault.where == f"line {number} ({iso3} {year})"
    assert fault.rule == "the ally-year must lie in the coverage of the source"
    assert "config/sources.csv" in fault.allowed


def test_sound_row_that_is_not_shipped_gives_a_note_and_no_fault(project_copy):
    edit("data/raw/us_troops.csv", "^JPN,2000,9,", "JPN,2000,8,")
    (note,) = check_inputs()
    assert note.startswith("data/raw/us_troops.csv is sound, but not the shipped table")


# --- all at once -------------------------------------------------------------------------


def test_faults_of_several_files_are_told_in_one_message(project_copy):
    edit(CONFIG, "^seed:.*", "seeds: 1")
    edit(GROUPS, "years: all", "years: some")
    edit(MODELS, "hypothesis: H3", "hypothesis: H0")
    edit(ALLIES, "^ALB,Albania,europe", "ALB,Albania,balkans")
    edit(SOURCES, "[0-9a-f]{64}$", "abc")
    edit(CODEBOOK, "^ally_year,enpp,", "ally_year,,")
    found = faults()
    assert {fault.file for fault in found} == {CONFIG, GROUPS, MODELS, ALLIES, SOURCES, CODEBOOK}
    with pytest.raises(FaultsError) as error:
        check_inputs()
    for fault in found:
        assert str(fault) in str(error.value)


def test_broken_setting_does_not_hide_a_wrong_variable_or_facts_table(project_copy):
    edit(CONFIG, "^seed:.*", "seeds: 1")
    edit(MODELS, "^  outcome: delivery", "  outcome: deliverd")
    append("data/raw/us_troops.csv", "CHN,2000,9,5,5")
    assert {fault.file for fault in faults()} == {CONFIG, MODELS, "data/raw/us_troops.csv"}


def test_faults_of_variables_and_of_several_facts_tables_are_told_together(project_copy):
    edit(CONFIG, "^sample: core", "sample: cor")
    edit(MODELS, "^  outcome: delivery", "  outcome: deliverd")
    edit(CODEBOOK, "^ally_year,enpp,.*\n", "")
    append("data/raw/us_troops.csv", "CHN,2000,9,5,5")
    append("data/raw/milex.csv", "ISL,2000,0.01,,1,,0,0,0")
    assert {fault.file for fault in faults()} == {
        CONFIG,
        MODELS,
        CODEBOOK,
        "data/raw/us_troops.csv",
        "data/raw/milex.csv",
    }


# --- settings of a run -------------------------------------------------------------------


def test_settings_of_a_run_are_checked_instead_of_the_file(project_copy):
    settings = read_yaml(Path(CONFIG))
    edit(CONFIG, "^sample: core", "sample: cor")
    assert check_inputs(settings) == []
    with pytest.raises(FaultsError, match="seeds"):
        check_inputs(settings | {"seeds": 1})
    with pytest.raises(FaultsError, match="a sample is a group"):
        check_inputs(settings | {"sample": "kore"})


def test_coding_that_would_write_over_a_column_is_refused(project_copy):
    edit(CODINGS, "^economic:", "debt:")
    rules = {fault.rule for fault in faults() if fault.where == "coding debt"}
    assert "an index must not have the name of another column" in rules


def test_coding_made_of_itself_is_refused_with_the_circle(project_copy):
    edit(CODINGS, "{variable: fiscal_balance, sign: -1}", "{variable: social, sign: 1}")
    (fault,) = [fault for fault in faults() if "itself" in fault.rule]
    assert (fault.file, fault.value) == (CODINGS, "economic → social → economic")


def test_unknown_component_is_told_with_what_is_known(project_copy):
    edit(CODINGS, "{variable: enpp, sign: 1}", "{variable: enp, sign: 1}")
    fault = next(fault for fault in faults() if fault.value == "enp")
    assert (fault.where, fault.rule) == ("coding political", "unknown variable")
    assert "enpp" in fault.allowed


def test_component_that_is_no_number_is_refused(project_copy):
    edit(CODINGS, "{variable: caretaker_days, sign: 1}", "{variable: region, sign: 1}")
    (fault,) = faults()
    assert (fault.where, fault.value) == ("coding political_caretaker", "region")


def test_reference_sample_without_rows_is_refused_before_a_run(project_copy):
    edit(
        "config/config.yaml",
        "  sample: core\n  first_year: 1990\n  last_year: 2023",
        "  sample: none\n  first_year: 1990\n  last_year: 2023",
    )
    append("config/groups.yaml", "none:\n  label: N\n  members: [TWN]\n  years: committed")
    (fault,) = [fault for fault in faults() if "must have rows" in fault.rule]
    assert fault.where == "key reference"
    assert "none from 1990 to 2023" in fault.value


def test_own_reference_of_a_coding_must_be_known_and_have_rows(project_copy):
    own = "reference: {sample: kore, first_year: 1990, last_year: 2000}"
    edit(CODINGS, "^  label: Cabinet turnover$", f"  {own}\n  label: Cabinet turnover")
    (fault,) = faults()
    assert (fault.where, fault.value) == ("key political_cabinets.reference.sample", "kore")
    edit(CODINGS, "sample: kore, first_year: 1990", "sample: core, first_year: 1980")
    edit(CODINGS, "last_year: 2000}", "last_year: 1984}")
    (fault,) = [fault for fault in faults() if fault.where.startswith("key")]
    assert (fault.where, fault.rule) == (
        "key political_cabinets.reference",
        "the reference sample must have rows",
    )


def test_component_that_the_reference_years_cannot_know_is_refused(project_copy):
    own = "reference: {sample: core, first_year: 1990, last_year: 2000}"
    edit(CODINGS, "^  label: Economic obstacle, expected balance$", f"  {own}\\n  label: E")
    (fault,) = faults()
    assert fault.where == "coding economic_expected"
    assert fault.value == "expected_balance, known from 2021 to 2025"
    assert "from 1990 to 2000" in fault.allowed


def test_name_too_long_for_stata_is_refused(project_copy):
    edit(CODINGS, "^political_cabinets:", "political_cabinets_of_parlgov:")
    (fault,) = faults()
    assert "at most 21 characters" in fault.allowed


@pytest.mark.parametrize("word", ["class", "delete", "str8", "strl"])
def test_name_that_is_a_word_of_stata_is_refused(project_copy, word):
    edit(CODINGS, "^political_cabinets:", f"{word}:")
    rules = [fault.rule for fault in faults() if fault.where == f"coding {word}"]
    assert rules == ["the name must not be a word of Stata's own language"]


def test_variable_with_two_signs_in_two_codings_is_refused(project_copy):
    edit(CODINGS, "{variable: polarization, sign: 1}", "{variable: debt, sign: -1}")
    (fault,) = [fault for fault in faults() if fault.where == "variable debt"]
    assert fault.rule == "a variable must have the same sign in every primary index"


@pytest.mark.parametrize(
    ("pattern", "new", "said"),
    [
        (",PHL;THA;TWN,", ",PHL; THA;TWN,", "PHL; THA;TWN"),
        (",KOR=1991,", ",KOR:1991,", "KOR:1991"),
        (",1988,2024,ISL", ",2024,1988,ISL", "1988"),
    ],
)
def test_coverage_written_in_another_form_is_refused(project_copy, pattern, new, said):
    edit(SOURCES, pattern, new)
    (fault,) = faults()
    assert fault.file == SOURCES
    assert fault.value == said


def test_ingest_checks_the_lists_but_not_the_facts_it_replaces(project_copy):
    append("data/raw/milex.csv", "JPX,2000,0.01,,1,,0,0,0")
    assert check_inputs(with_facts=False) == []
    edit(ALLIES, "^JPN,Japan,asia_pacific", "JPN,Japan,asia")
    with pytest.raises(FaultsError, match="asia_pacific"):
        check_inputs(with_facts=False)


@pytest.mark.parametrize(
    ("table", "line", "value"),
    [
        ("economy", "JPN,1984,gdp_usd_bn,wb_fiscal_space,-4000,observed", "-4000.0"),
        ("economy", "JPN,1984,unemployment,wb_fiscal_space,250,observed", "250.0"),
        ("elections", "JPN,1981-06-22,ppeg,40,0.55,39", "39"),
    ],
)
def test_number_that_cannot_be_is_refused_in_the_file_where_it_stands(
    project_copy, table, line, value
):
    number = append(f"data/raw/{table}.csv", line)
    (fault,) = faults()
    assert fault.where.startswith(f"line {number} ")
    assert fault.value == value


def test_programme_of_a_case_that_no_event_has_is_refused(project_copy):
    edit("config/cases.yaml", '"Aegis frigates"', '"Aegis frigate"')
    (fault,) = faults()
    assert fault.file == "config/cases.yaml"
    assert fault.value == "Aegis frigate"


def test_an_unknown_style_of_tables_is_told_with_the_known_ones(project_copy):
    with pytest.raises(FaultsError) as error:
        check_inputs(read_yaml(Path(CONFIG)) | {"style": "aspr"})
    (fault,) = error.value.faults
    assert (fault.where, fault.value) == ("key style", "aspr")
    assert "apsr" in fault.mend


def test_group_named_as_a_folder_of_results_is_refused(project_copy):
    append("config/groups.yaml", "tables:\n  label: T\n  members: [JPN]\n  years: committed")
    (fault,) = faults()
    assert (fault.file, fault.where) == (GROUPS, "group tables")


def test_sample_without_a_committed_year_is_refused(project_copy):
    with pytest.raises(FaultsError, match="the sample must have ally-years") as error:
        check_inputs(read_yaml(Path(CONFIG)) | {"sample": "TWN"})
    (fault,) = error.value.faults
    assert "no committed year of Taiwan" in fault.value


def test_sample_may_be_made_of_groups_and_codes(project_copy):
    assert check_inputs(read_yaml(Path(CONFIG)) | {"sample": "europe+JPN"}) == []
