from underbalance.document.markdown import anchor, code, plain, table


def test_signs_that_mean_something_in_markdown_are_escaped():
    assert plain(r"|a - b| < 2 * c, `e` \ f_g[t]") == r"\|a - b\| &lt; 2 \* c, \`e\` \\ f_g[t]"


def test_table_has_a_header_a_rule_and_one_line_per_row():
    assert table(["a", "b"], [[code("x"), "y"], ["", "z"]]).splitlines() == [
        "| a | b |",
        "| --- | --- |",
        "| `x` | y |",
        "|  | z |",
    ]


def test_anchor_is_what_github_makes_of_a_heading():
    assert anchor("data/raw/us_troops.csv") == "datarawus_troopscsv"
    assert anchor("Licence of the data") == "licence-of-the-data"
