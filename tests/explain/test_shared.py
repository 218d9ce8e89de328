"""Explanations of several years in which nothing stands twice."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from underbalance.explain.page import as_html
from underbalance.explain.shared import shared
from underbalance.explain.tree import Node, RawRow

ROW = RawRow("economy", {"iso3": "JPN", "year": 1998}, {"value": 0.5}, "IMF 2025 <x>", "used")
OTHER = RawRow("economy", {"iso3": "JPN", "year": None}, {"value": None}, "IMF 2025 <x>")


@pytest.fixture
def tree():
    known = Node("a", "First", 0.51234, "value of the row", "percent", rows=(ROW, OTHER))
    unknown = Node("b", "b", None, "missing", note="outside coverage & more")
    stated = {"min_components": 1}
    return Node("index", "Index", 0.5, "mean of the parts", "", stated, (known, unknown))


class Texts(HTMLParser):
    """The texts of a page's body, in their order."""

    def __init__(self):
        super().__init__()
        self.inside, self.found = False, []

    def handle_starttag(self, tag, attrs):
        self.inside |= tag == "h1"
        self.found += [value for name, value in attrs if name == "title"]

    def handle_data(self, data):
        if self.inside and data.strip(" ,=\n"):
            self.found.append(data.strip(" =\n"))


def texts_of_page(nodes):
    page = Texts()
    page.feed(as_html(nodes, "T"))
    return page.found[1:]


def texts_of_data(data, year):
    """Return the texts as the page's script puts them there."""

    def told(word):
        text = data["texts"][word]
        # an element's title comes before its text
        return reversed(text) if isinstance(text, list) else [text]

    def walk(number):
        words, rows, parts = data["nodes"][number]
        yield from (text for word in words for text in told(word))
        if rows:
            yield from data["headings"]
        for row in rows:
            (table, *others), key = data["rows"][row]
            yield from (text for word in [table, *key, *others] for text in told(word))
        for part in parts:
            yield from walk(part)

    return [text for number in data["years"][year] for text in walk(number) if text]


def test_data_say_word_for_word_what_the_page_says(tree):
    data = shared({1998: [tree, tree.parts[0]]})
    assert texts_of_data(data, "1998") == texts_of_page([tree, tree.parts[0]])
    assert "outside coverage & more" in texts_of_data(data, "1998")


def test_what_is_said_of_two_years_stands_once(tree):
    one, two = shared({1998: [tree]}), shared({1998: [tree], 1999: [tree]})
    assert two["years"] == {"1998": one["years"]["1998"], "1999": one["years"]["1998"]}
    assert {name: two[name] for name in ("texts", "rows", "nodes")} == {
        name: one[name] for name in ("texts", "rows", "nodes")
    }


def test_another_value_is_another_node_and_shares_its_parts(tree):
    data = shared({1998: [tree], 1999: [replace(tree, value=0.25)]})
    assert data["years"]["1998"] != data["years"]["1999"]
    assert len(data["nodes"]) == 4


def test_parts_stand_before_what_is_made_of_them(tree):
    data = shared({1998: [tree]})
    assert all(part < n for n, (_, _, parts) in enumerate(data["nodes"]) for part in parts)
