"""The article of a finished run: complete, within its margins, and true when results change."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from underbalance.present.paper import set_paper

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.needs("latexmk", "pdflatex", "bibtex", "pdftotext", "pdfinfo"),
]

FEWER_PAGES_THAN = 70
FEWEST_WORDS = 90  # on a page without a figure; the notes of a table alone have fewer
WIDEST = 10.0  # points over the margin that nobody sees
MACRO = re.compile(r"\\newcommand\{\\(\w+)\}\{(.*)\}")
OF_CORE = r"core(Inconsistency|Slowness)\w+"  # obstacles weighed in the whole sample
NO_MODEL = "The data cannot carry this model"


@pytest.fixture(scope="module")
def run(finished: Path, snakemake: Callable[..., subprocess.CompletedProcess[str]]) -> Path:
    """The finished run with its article."""
    done = snakemake(finished, "results/paper/paper.pdf")
    assert done.returncode == 0, done.stdout + done.stderr
    return finished


@pytest.fixture(scope="module")
def log(run: Path) -> str:
    # LaTeX breaks its lines after 79 letters
    text = (run / "results/paper/latex.log").read_text(encoding="utf-8", errors="replace")
    return re.sub(r"(?<=.{79})\n", "", text)


@pytest.fixture(scope="module")
def text(run: Path) -> str:
    return text_of(run / "results/paper/paper.pdf")


def text_of(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
    return re.sub(r"\s+", " ", done.stdout)


def test_every_reference_and_citation_is_defined(run: Path, log: str, text: str) -> None:
    assert re.findall(r"(?:Reference|Citation) .*? undefined", log) == []
    assert "??" not in text
    assert (run / "results/logs/paper.log").read_text() == ""


def test_every_number_of_the_text_is_made(log: str, text: str) -> None:
    assert re.findall(r"Warning: no number (\w+)", log) == []
    assert "not available" not in text


def test_nothing_stands_over_the_margin(log: str) -> None:
    wide = [float(points) for points in re.findall(r"Overfull \\[hv]box \((\d+\.\d+)pt", log)]
    assert [points for points in wide if points > WIDEST] == []
    assert "Float too large" not in log


def test_the_article_is_not_too_long(run: Path) -> None:
    done = subprocess.run(
        ["pdfinfo", run / "results/paper/paper.pdf"], capture_output=True, text=True, check=True
    )
    pages = int(re.search(r"Pages:\s+(\d+)", done.stdout)[1])
    assert 20 < pages < FEWER_PAGES_THAN


def test_every_table_is_in_the_article_or_said_to_be_left_to_the_files(run: Path, log: str) -> None:
    appendix = (run / "paper/sections/appendix.tex").read_text()
    elsewhere = set(re.findall(r"\\elsewhere\{(\w+)\}", appendix))
    tables = [*(run / "results/tables").glob("*.tex"), *(run / "results").glob("scorecard.tex")]
    tables += (run / "results/cases").glob("*.tex")
    made = {path.stem for path in tables if not path.stem.endswith("_tabular")}
    read = set(re.findall(r"\(\.\./results/(?:\w+/)?(\w+)\.tex", log))
    assert made - read - elsewhere == set()
    assert elsewhere - made == set()
    assert read & elsewhere == set()


def test_every_figure_is_in_the_article(run: Path, log: str) -> None:
    drawn = {path.stem for path in (run / "results/figures").glob("*.pdf")}
    assert drawn - set(re.findall(r"<use \.\./results/figures/(\w+)\.pdf>", log)) == set()


def test_nothing_that_the_article_asks_for_is_missing(text: str) -> None:
    assert "left out of this run" not in text
    assert "that this run of the pipeline did not make" not in text


def test_the_verdicts_of_the_run_are_in_the_text(run: Path, text: str) -> None:
    verdict = dict(MACRO.findall((run / "results/numbers.tex").read_text()))["hTwoVerdict"]
    assert f"obstacles make cooperation inconsistent, the verdict is {verdict};" in text


def test_every_table_and_figure_is_listed_with_its_file(log: str, text: str) -> None:
    listed = text[text.rindex("Files of tables and figures") :]
    tables = set(re.findall(r"\(\.\./(results/(?:tables/\w+|scorecard))\.tex", log))
    figures = set(re.findall(r"<use \.\./(results/figures/\w+)\.pdf>", log))
    assert tables
    assert figures
    assert [file for file in sorted(tables | figures) if file not in listed] == []


def test_no_page_holds_the_notes_of_a_table_alone(run: Path) -> None:
    pages = subprocess.run(
        ["pdftotext", run / "results/paper/paper.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\f")[:-1]
    words = [len(page.split()) for page in pages]
    figures = [bool(re.search(r"Figure \d+: ", page)) for page in pages]
    sparse = [
        n
        for n, (count, drawn) in enumerate(zip(words, figures, strict=True), start=1)
        if count < FEWEST_WORDS and not drawn
    ]
    assert sparse == []


@pytest.mark.parametrize("outcome", ["delivery", "adoption"])
def test_a_significant_estimate_is_shown_with_its_checks(
    run: Path, tmp_path: Path, outcome: str
) -> None:
    said = article_with(
        run,
        tmp_path,
        lambda name, value: (
            ("significant" if name == f"{outcome}SocialSignificance" else "not significant")
            if name.endswith(("SocialSignificance", "PoliticalSignificance"))
            else value
        ),
    )
    checks = said.partition("What each significant estimate hangs on.")[2].partition("The obst")[0]
    shown = dict(MACRO.findall((run / "results/numbers.tex").read_text()))
    complete = shown[f"{outcome}SocialCompleteEstimate"].replace(r"\ensuremath{-}", "−")
    assert f"changed: {outcome}: " in checks
    assert f"all components known {complete}" in checks
    assert "commitment:" not in checks


def test_the_same_results_give_the_same_bytes(run: Path, tmp_path: Path) -> None:
    set_paper(tmp_path / "again.pdf", tmp_path / "latex.log", run / "paper")
    made = (run / "results/paper/paper.pdf").read_bytes()
    assert (tmp_path / "again.pdf").read_bytes() == made


def article_with(
    run: Path,
    folder: Path,
    change: Callable[[str, str], str],
    without: str = "",
    more: Mapping[str, str] | None = None,
) -> str:
    """Return the text of the article where the numbers are others.

    ``without`` is a pattern of the names that are not made, ``more`` are numbers beside them.
    """
    shutil.copytree(run / "paper", folder / "paper")
    shutil.copytree(run / "docs", folder / "docs")
    (folder / "results").mkdir()
    for path in (run / "results").iterdir():
        if path.name != "numbers.tex":
            (folder / "results" / path.name).symlink_to(path)
    numbers = (run / "results/numbers.tex").read_text()
    (folder / "results/numbers.tex").write_text(
        "".join(
            f"\\newcommand{{\\{name}}}{{{change(name, value)}}}\n"
            for name, value in [*MACRO.findall(numbers), *(more or {}).items()]
            if not re.fullmatch(without, name)
        )
    )
    set_paper(folder / "paper.pdf", folder / "latex.log", folder / "paper")
    return text_of(folder / "paper.pdf")


@pytest.mark.parametrize(
    ("verdict", "of_political", "of_social", "general"),
    [
        (
            "supported",
            "political turmoil goes with unsteady cooperation, as the argument has it",
            "go with slow cooperation, as the argument has it",
            "holds across the alliance at least in part",
        ),
        (
            "contradicted",
            "political turmoil goes with steadier cooperation",
            "go with faster cooperation",
            "in part the data say the opposite",
        ),
        (
            "not supported",
            "The tests do not show that political turmoil makes cooperation unsteady in general",
            "The tests do not show that weak economies and restrictive law slow cooperation",
            "nor do the data turn it round",
        ),
    ],
)
def test_the_wording_follows_the_verdict(
    run: Path, tmp_path: Path, verdict: str, of_political: str, of_social: str, general: str
) -> None:
    counted = {"supported": "Supported", "contradicted": "Contradicted"}.get(verdict)

    def judged(name: str, value: str) -> str:
        if re.fullmatch(r"[hr](One|Two|Three|Four)Verdict", name):
            return verdict
        word = re.fullmatch(r"hypotheses(Supported|Contradicted)Word", name)
        return ("four" if word[1] == counted else "none") if word else value

    said = article_with(run, tmp_path, judged)
    assert of_political in said
    assert of_social in said
    assert general in said
    assert ("This is a null result" in said) == (verdict == "not supported")
    others = {"supported", "contradicted", "not supported"} - {verdict}
    assert [
        v for v in others if f"make cooperation inconsistent, the verdict is {v};" in said
    ] == []


def test_models_that_cannot_be_estimated_are_said_to_be_so(run: Path, tmp_path: Path) -> None:
    tests = re.compile(
        r"(effort|execution|alignment|sourcing|exercises)Political[A-Z]\w*"
        r"|(commitment|delivery|adoption|agreement|pledge)Social[A-Z]\w*"
        r"|(loss|lapse|deliveryProduct)PoliticalXSocial[A-Z]\w*"
    )
    said = article_with(
        run,
        tmp_path,
        lambda name, value: "not estimated" if tests.fullmatch(name) else value,
    )
    assert said.count(NO_MODEL) == 13
    assert "p-values than the bootstrap: there is no such estimate." in said
    assert "as predicted, and significant" not in said


def test_a_number_that_a_run_does_not_make_does_not_stop_latex(run: Path, tmp_path: Path) -> None:
    said = article_with(run, tmp_path, lambda name, value: value, without="allyYears")
    assert "has not available ally-years" in said


def test_article_of_one_region_compares_none_and_tells_no_case(run: Path, tmp_path: Path) -> None:
    said = article_with(
        run,
        tmp_path,
        lambda name, value: "europe" if name == "sampleName" else value,
        without=rf"{OF_CORE}|\w*asiaPacific\w+|typeAsiaPacific\w+|(jpn|kor)[A-Z]\w+",
        more={"sampleKey": "europe", "sampleAllies": "31"},
    )
    assert "not available" not in said
    assert "We test it on 31 allies (the sample europe)" in said
    assert "There are no regions to compare in this sample." in said
    assert "in Europe the shares are" not in said
    assert "They are not both in the sample of this run" in said
    assert "South Korea’s programmes saw" not in said
    assert "The sample holds the" not in said


def test_article_of_another_sample_compares_the_regions_that_it_has(
    run: Path, tmp_path: Path
) -> None:
    named = {"sampleKey": "coreEgy", "sampleAllies": "38"}
    numbers = dict(MACRO.findall((run / "results/numbers.tex").read_text()))
    whole = {
        f"coreEgy{name[4:]}": value
        for name, value in numbers.items()
        if re.fullmatch(OF_CORE, name)
    }
    said = article_with(
        run,
        tmp_path,
        lambda name, value: "core+EGY" if name == "sampleName" else value,
        without=OF_CORE,
        more=named | whole,
    )
    assert "not available" not in said
    assert "in Europe the shares are" in said
    assert "In Europe the heaviest are the" in said
    assert "There are no regions to compare" not in said
    assert "the sample core+EGY" in said


def test_article_of_a_sample_too_small_for_a_verdict_says_neither_yes_nor_no(
    run: Path, tmp_path: Path
) -> None:
    def unjudged(name: str, value: str) -> str:
        if re.fullmatch(r"[hr](One|Two|Three|Four)Verdict", name):
            return "no verdict"
        if re.fullmatch(r"\w+Heaviest", name):
            return "not estimated"
        return "none" if name.startswith("hypotheses") and name.endswith("Word") else value

    said = article_with(run, tmp_path, unjudged)
    assert "cannot be said with these allies alone" in said
    assert "With so few allies the rule gives no verdict." in said
    assert "For this sample there are too few allies for such a comparison." in said
    for other in ("is not borne out across the alliance", "null result on the", "not estimated %"):
        assert other not in said
