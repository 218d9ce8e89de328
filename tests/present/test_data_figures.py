"""What the captions of the figures of data cite."""

from underbalance.coding.order import used_by
from underbalance.config import read_codings
from underbalance.present.data_figures import obstacle_facts, paths_of
from underbalance.registry import read_codebook


def test_the_facts_behind_an_obstacle_are_those_of_its_components():
    codings = read_codings()
    facts = obstacle_facts(used_by(codings, ["economic"]), read_codebook())
    assert facts == ["economy"]
    assert "leaders" in obstacle_facts(used_by(codings, ["political"]), read_codebook())


def test_a_figure_is_a_pdf_and_a_png(tmp_path):
    assert [path.name for path in paths_of(tmp_path, "survival")] == [
        "survival.pdf",
        "survival.png",
    ]
