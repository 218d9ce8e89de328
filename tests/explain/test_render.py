"""Explanations in their four forms."""

import json
from html.parser import HTMLParser

import pytest
from underbalance.explain.operations import recomputed
from underbalance.explain.render import RENDERERS
from underbalance.explain.tree import Node, RawRow

TITLE = "JPN 1998 <why>"
THIRD = 1 / 3
ROW = RawRow("economy", {"iso3": "JPN", "year": 1998}, {"value": THIRD}, "IMF 2025, x_y", "used")
OTHER = RawRow("economy", {"iso3": "JPN", "year": 1997}, {"value": None}, "IMF 2025, x_y")


@pytest.fixture
def tree():
    known = Node("a", "First", THIRD, "value of the row", "percent", rows=(ROW,))
    unknown = Node("b", "Second", None, "missing", rows=(OTHER,), note="outside <coverage>")
    return Node(
        "index",
        "Index",
        THIRD,
        "mean of the parts",
        parameters={"min_components": 1},
        parts=(known, unknown),
        place={"high": True},
    )


def test_text_is_a_tree_with_branches(tree):
    assert RENDERERS["text"]([tree], "T").splitlines() == [
        "T",
        "",
        "Index (index) = 0.3333",
        "│  formula: mean of the parts; at least 1 of 2 parts",
        "│  place: high: yes",
        "├─ First (a) = 0.3333 percent",
        "│  └─ row of economy (iso3 JPN, year 1998) [used]",
        "│        value 0.3333",
        "│        source: IMF 2025, x_y",
        "└─ Second (b) = missing",
        "   │  rule: outside <coverage>",
        "   └─ row of economy (iso3 JPN, year 1997)",
        "         value missing",
        "         source: IMF 2025, x_y",
    ]


def test_markdown_is_a_nested_list_without_stray_marks(tree):
    lines = RENDERERS["md"]([tree], TITLE).splitlines()
    assert lines[0] == r"# JPN 1998 \<why\>"
    assert "- **Index (index)** = 0.3333" in lines
    assert "  - **First (a)** = 0.3333 percent" in lines
    assert r"    - rule: outside \<coverage\>" in lines
    assert any(line.startswith("    - row of economy") and r"x\_y" in line for line in lines)


def test_json_keeps_numbers_whole_so_that_they_add_up(tree):
    read = json.loads(RENDERERS["json"]([tree], TITLE))["nodes"][0]
    again = as_node(read)
    assert again == tree
    assert recomputed(again) == THIRD


def as_node(read):
    parts = tuple(as_node(part) for part in read["parts"])
    rows = tuple(RawRow(**row) for row in read["rows"])
    return Node(**{**read, "parts": parts, "rows": rows})


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.seen, self.attributes = [], [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_page_is_whole_and_needs_no_other_file(tree):
    page = RENDERERS["html"]([tree], TITLE)
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert tags.seen.count("details") == 3
    assert not {"script", "link", "img", "iframe"} & set(tags.seen)
    assert not {"src", "href"} & set(tags.attributes)
    assert "@import" not in page
    assert "url(" not in page


def test_page_shows_text_as_text(tree):
    page = RENDERERS["html"]([tree], TITLE)
    assert "<h1>JPN 1998 &lt;why&gt;</h1>" in page
    assert "outside &lt;coverage&gt;" in page


def test_page_shows_three_digits_and_has_all_of_them_on_demand(tree):
    page = RENDERERS["html"]([tree], TITLE)
    full = "0.333333333333"
    assert "<summary>Index <small>index</small> = " in page
    assert f'<span title="{full} percent">0.333 percent</span>' in page
    assert f'<td title="value {full}">value 0.333</td>' in page


def test_page_opens_the_outermost_node_only(tree):
    assert RENDERERS["html"]([tree], TITLE).count("<details open>") == 1


@pytest.mark.parametrize("form", sorted(RENDERERS))
def test_same_tree_gives_the_same_bytes(tree, form):
    assert RENDERERS[form]([tree], TITLE) == RENDERERS[form]([tree], TITLE)
