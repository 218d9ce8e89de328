"""Every table has a page with its files; links in it lead to copies or are dropped."""

import pytest
from underbalance.present.formats import write
from underbalance.present.site.frame import Site
from underbalance.present.site.tables_page import FORMATS, page_of, topic_of, write_tables
from underbalance.present.table import Table, WideTable
from underbalance.present.table_style import read_styles

STYLE = read_styles()["default"]


@pytest.fixture
def results(tmp_path):
    """Tables as the pipeline writes them: two of one title, and one with links."""
    folder = tmp_path / "results/tables"
    tables = [
        Table(name, "Models & more", ("", "(1)"), (("x", "0.1"),), (), ("A note.",))
        for name in ("models_H1_1", "models_H1_2")
    ]
    links = {"results/a/weights.csv": "a/weights.csv", "elsewhere": "b/other.csv"}
    lead = ("See results/a/weights.csv and elsewhere.",)
    tables.append(
        WideTable("scorecard", "Scorecard", lead, ("a",), (1.0,), (("b",),), (), links=links)
    )
    for table in tables:
        write(table, [folder / f"{table.name}{end}" for end in (".html", *FORMATS)], STYLE)
    return folder


@pytest.fixture
def root(results, tmp_path):
    linked = {"weights.csv": "downloads/weights.csv"}
    write_tables(sorted(results.glob("*.html")), Site(tmp_path / "report", "core"), linked)
    return tmp_path / "report"


def test_page_has_the_cells_the_notes_and_links_to_every_format(root):
    text = (root / "tables/models_H1_1.html").read_text(encoding="utf-8")
    assert '<th scope="row">x</th><td>0.1</td>' in text
    assert "A note." in text
    for ending in FORMATS:
        assert f'href="../downloads/models_H1_1{ending}" download' in text
        assert (root / f"downloads/models_H1_1{ending}").is_file()


def test_csv_says_whether_it_has_the_cells_as_shown_or_data(results, tmp_path):
    (results / "scorecard.csv").write_text("hypothesis,p_value\nH2,0.0068\n", encoding="utf-8")
    write_tables(sorted(results.glob("*.html")), Site(tmp_path / "report", "core"), {})
    pages = tmp_path / "report/tables"
    assert ">CSV, data in full</a>" in (pages / "scorecard.html").read_text(encoding="utf-8")
    assert ">CSV, cells as shown</a>" in (pages / "models_H1_1.html").read_text(encoding="utf-8")


def test_tables_of_the_same_title_are_told_apart(root):
    text = (root / "tables/index.html").read_text(encoding="utf-8")
    assert "Models &amp; more (1 of 2)</a>" in text
    assert "Models &amp; more (2 of 2)</a>" in text


def test_links_lead_to_copies_or_are_left_as_words(root):
    text = (root / "tables/scorecard.html").read_text(encoding="utf-8")
    assert '<a href="../downloads/weights.csv">results/a/weights.csv</a> and elsewhere.' in text


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("scorecard", "Hypotheses"),
        ("models_H3_beside_1", "Models of H3"),
        ("models_other", "Other models"),
        ("robustness_H2_choices", "Robustness"),
        ("claims", "Types and cases"),
        ("descriptives", "Data and measurement"),
    ],
)
def test_topic_of_a_table_follows_from_its_name(name, topic):
    assert topic_of(name) == topic


def test_tables_of_cases_stand_with_the_cases(tmp_path):
    assert page_of(tmp_path / "results/cases/claims.html") == "cases/claims.html"
    assert page_of(tmp_path / "results/tables/cases.html") == "tables/cases.html"


def test_page_without_a_table_is_refused(tmp_path):
    (tmp_path / "x.html").write_text("nothing")
    with pytest.raises(ValueError, match=r"x\.html is no page with a table"):
        write_tables([tmp_path / "x.html"], Site(tmp_path / "report", "core"), {})
