"""Pages of the report share one frame, load only files beside them, and are the same each time."""

import re

import pytest
from jinja2 import UndefinedError
from underbalance.present.site import frame
from underbalance.present.site.frame import NAVIGATION, keep_only, relative, render, write_assets


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Return a function that renders a page of its own template and returns its text."""
    template = '{% extends "base.html" %}\n{% block content %}<h1>{{ words }}</h1>{% endblock %}\n'
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "own.html").write_text(template, encoding="utf-8")
    (folder / "base.html").write_bytes((frame.TEMPLATES / "base.html").read_bytes())
    monkeypatch.setattr(frame, "TEMPLATES", folder)
    frame._templates.cache_clear()

    def page(name="index.html", **values):
        path = tmp_path / "report" / name
        given = {"title": "T", "sample": "S", "words": "W"} | values
        render("own.html", path, root=tmp_path / "report", **given)
        return path.read_text(encoding="utf-8")

    yield page
    frame._templates.cache_clear()


def current(text):
    return re.findall(r'<a href="([^"]+)" aria-current="(\w+)">', text)


def test_addresses_of_a_page_in_a_folder_lead_up_to_the_root(written):
    text = written("allies/JPN.html")
    assert 'href="../assets/site.css"' in text
    assert 'href="../figures.html"' in text


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ("index.html", [("index.html", "page")]),
        ("allies/index.html", [("../allies/index.html", "page")]),
        ("allies/JPN.html", [("../allies/index.html", "true")]),
        ("methods/obstacles.html", [("../methods.html", "true")]),
        ("measurement.html", [("methods.html", "true")]),
    ],
)
def test_navigation_marks_the_section_of_a_page(written, page, marked):
    assert current(written(page)) == marked


def test_every_section_is_in_the_navigation(written):
    text = written()
    assert all(f'<a href="{target}"' in text for target in NAVIGATION.values())


def test_markup_in_values_is_shown_and_not_obeyed(written):
    assert "<h1>&lt;b&gt;</h1>" in written(words="<b>")


def test_value_that_is_not_given_is_an_error(tmp_path):
    with pytest.raises(UndefinedError, match="title"):
        frame._templates().from_string("{{ title }}").render()


def test_what_draws_charts_is_loaded_only_where_there_are_charts(written):
    assert "vega.js" not in written()
    assert "vega.js" in written(charts=True)


def test_page_outside_the_report_is_refused(tmp_path):
    with pytest.raises(ValueError, match="subpath"):
        render("base.html", tmp_path / "x.html", root=tmp_path / "report", title="", sample="")


def test_assets_are_the_same_bytes_each_time(tmp_path):
    write_assets(tmp_path / "one")
    write_assets(tmp_path / "two")
    one = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert set(one) == {*frame.LOADED, "vega.js"}
    assert one == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert b"window.vegaEmbed" in one["vega.js"]
    assert sum(map(len, one.values())) < 1_000_000


def test_link_between_pages_is_relative(tmp_path):
    assert relative(tmp_path / "cases/JPN.html", tmp_path / "allies/JPN.html") == (
        "../cases/JPN.html"
    )


def test_pages_of_an_earlier_run_are_removed(tmp_path):
    for name in ("index.html", "old.html", "cases/XXX.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    keep_only([tmp_path / "index.html"], tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == ["index.html"]
