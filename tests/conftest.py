"""Fixtures that several test modules share."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

# as in the rules: on small matrices threads cost far more than they save (before numpy is loaded)
os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))

import pandas as pd
import pytest
from underbalance.registry import ALLIES_FILE, SOURCES_FILE, read_allies
from underbalance.schemas.columns import listed_codes

ROOT = Path(__file__).parents[1]
# what a user has added is no part of what is tested
OF_USER = shutil.ignore_patterns("extensions")
# files of tests that take longest, in the order in which workers take them: the first waits for
# the finished run, which is made meanwhile; the second needs none
LONGEST = (
    "tests/workflow/test_run.py",
    "tests/workflow/test_add_an_ally.py",
    "tests/models/test_inference_simulation.py",
    "tests/workflow/test_killed_runs.py",
    "tests/workflow/test_sample_of_a_run.py",
    "tests/workflow/test_extending.py",
    "tests/workflow/test_paper.py",
    "tests/workflow/test_documented_commands.py",
    "tests/workflow/test_verify_of_a_run.py",
    "tests/test_check.py",
    "tests/add_ally/test_extension.py",
    "tests/add_ally/test_originals.py",
)
# programs that some tests need, and the packages of Debian and Ubuntu that bring them
PROGRAMS = {
    "latexmk": "latexmk",
    "pdflatex": "texlive-latex-recommended texlive-latex-extra lmodern",
    "bibtex": "texlive-binaries",
    "soffice": "libreoffice-writer",
    "chromium": "chromium",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdfinfo": "poppler-utils",
}


def pytest_configure(config):
    """Declare the mark of tests that need programs beside Python: needs("latexmk", …)."""
    config.addinivalue_line("markers", "needs(program, …): programs that the test runs")


def pytest_xdist_make_scheduler(config, log):
    """Keep the tests of a file in one worker, where what they share is made once."""
    from xdist.scheduler import LoadFileScheduling

    return LoadFileScheduling(config, log)


def pytest_collection_modifyitems(items):
    """Begin with what takes longest, so that all workers end at about the same time."""
    places = {file: place for place, file in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(places)))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Skip a test whose programs are missing, before its fixtures are made; in CI it fails."""
    programs = [name for mark in item.iter_markers("needs") for name in mark.args]
    reason = why_not(programs)
    if reason and os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{reason}; CI has to have it (.ci/run)", pytrace=False)
    if reason:
        pytest.skip(reason)


def why_not(programs: list[str]) -> str | None:
    """Return which of the programs are missing and how to get them, None when all are there."""
    missing = [name for name in programs if shutil.which(name) is None]
    if not missing:
        return None
    packages = " ".join(dict.fromkeys(PROGRAMS[name] for name in missing))
    return f"needs {', '.join(missing)} (Debian, Ubuntu: apt install {packages})"


@pytest.fixture(autouse=True)
def project(monkeypatch) -> Path:
    """The project root as working directory: config/ and data/raw are relative to it."""
    monkeypatch.chdir(ROOT)
    return ROOT


@pytest.fixture
def allies(project) -> pd.DataFrame:
    return read_allies(project / ALLIES_FILE)


@pytest.fixture
def project_copy(project, tmp_path, monkeypatch):
    """A copy of config/ and data/raw as working directory, to be broken at will."""
    for folder in ("config", "data/raw"):
        shutil.copytree(project / folder, tmp_path / folder, ignore=OF_USER)
    shutil.copy2(project / "CITATION.cff", tmp_path)
    monkeypatch.chdir(tmp_path)
    listed_codes.cache_clear()
    yield tmp_path
    listed_codes.cache_clear()


@pytest.fixture
def extension(project_copy) -> Callable[..., Path]:
    """Write an extension into a copy of the project; return its folder.

    Called with the ally's code, ``ally`` (how its line in allies.csv goes on, empty for a listed
    ally), ``tie`` (that of alliance.csv) and rows of facts tables by name; each gets a row in
    sources.csv that covers 1990 to 2020.
    """

    def write(
        iso3: str = "EGY",
        ally: str = "Egypt,middle_east,651,651,",
        tie: str = "MNNA,1989-01-01,,year,0",
        **tables: Iterable[str],
    ) -> Path:
        folder = project_copy / "data/raw/extensions" / iso3
        folder.mkdir(parents=True)
        rows = {name: [f"{iso3},{row}" for row in own] for name, own in tables.items()}
        rows |= {"alliance": [f"{iso3},{tie}"]}
        rows |= {"allies": [f"{iso3},{ally}"]} if ally else {}
        for name, own in rows.items():
            shipped = "config/allies.csv" if name == "allies" else f"data/raw/{name}.csv"
            write_lines(folder / f"{name}.csv", header_of(project_copy / shipped), *own)
        registry = pd.read_csv(SOURCES_FILE, dtype="str", keep_default_na=False)
        held = registry[registry["table"].isin(rows)].drop_duplicates("table")
        own = {"source": "own", "first_year": "1990", "last_year": "2020", "sha256": ""}
        empty = dict.fromkeys(("allies_outside", "years_by_ally", "years_outside"), "")
        held.assign(**own, **empty).to_csv(folder / "sources.csv", index=False)
        return folder

    return write


def header_of(path: Path) -> str:
    """Return the first line of a table."""
    return path.read_text(encoding="utf-8-sig").splitlines()[0]


def write_lines(path: Path, *lines: str) -> None:
    """Write lines of text."""
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@pytest.fixture
def own_project(project, project_copy) -> Path:
    """The copy of the project with variables and outcomes of a user: a table of each kind."""
    shutil.copytree(project / "tests/fixtures/own", project_copy, dirs_exist_ok=True)
    return project_copy


@pytest.fixture
def original(tmp_path) -> Callable[..., Path]:
    """Write an original file line by line; return its folder."""

    def write(name: str, *lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path.parent

    return write


@pytest.fixture(scope="session")
def browser():
    """Return Debian's Chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser):
    """Return a page that remembers what it complained of, and what it loaded from elsewhere."""
    opened = browser.new_page()
    opened.faults = faults = []
    opened.on("console", lambda message: faults.append(message.text))
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on(
        "request",
        lambda r: r.url.startswith(("file:", "data:")) or faults.append(r.url),
    )
    yield opened
    opened.close()


@pytest.fixture
def latex_faults(tmp_path) -> Callable[[Iterable[Path]], dict[str, list[str]]]:
    """Set LaTeX tables in documents that load only what their first lines name; say what is wrong.

    Tables with the same first line share a document, so that many take seconds.
    """

    def faults(paths: Iterable[Path]) -> dict[str, list[str]]:
        together: dict[str, list[Path]] = {}
        for path in sorted(paths):
            first = path.read_text(encoding="utf-8").splitlines()[0]
            assert first.startswith("% packages: "), path
            packages = first.removeprefix("% packages: ").replace(" ", "")
            together.setdefault(packages, []).append(path)
        logs = [set_tables(tmp_path / f"latex{k}", *own) for k, own in enumerate(together.items())]
        return faults_by_table("".join(logs))

    return faults


TOO_WIDE = 10  # points over the margin that are seen


def set_tables(folder: Path, packages: str, tables: list[Path]) -> str:
    """Return the log of a document of tables."""
    folder.mkdir()
    shown = []
    for table in tables:
        shown += [rf"\typeout{{== {table.stem}}}", table_in_document(table), r"\clearpage"]
    lines = [r"\documentclass{article}", rf"\usepackage{{{packages}}}", r"\begin{document}"]
    document = "\n".join([*lines, *shown, r"\typeout{== end}", r"\end{document}"])
    (folder / "tables.tex").write_text(document, encoding="utf-8")
    # widths of long tables are those of the run before
    for _ in range(2 if "longtable" in packages else 1):
        command = ["pdflatex", "-interaction=batchmode", "tables.tex"]
        subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return (folder / "tables.log").read_text(encoding="utf-8", errors="replace")


def table_in_document(table: Path) -> str:
    """Return how a document takes a table in: bare ones in a float, wide ones on a wide page."""
    text, body = table.read_text(encoding="utf-8"), rf"\input{{{table}}}"
    if not table.stem.endswith("_tabular"):
        return body
    if "turned sideways" in text:
        wide = "".join(rf"\{n}550pt" for n in ("textwidth", "columnwidth", "linewidth", "hsize"))
        return rf"{{{wide}\noindent {body}\par}}"
    return rf"\begin{{table}}{body}\end{{table}}"


def faults_by_table(log: str) -> dict[str, list[str]]:
    """Return the faults that LaTeX told of each table; an empty list where it told none."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in log.splitlines():
        if line.startswith("== "):
            name = line.removeprefix("== ")
            found.setdefault(name, [])
        elif name and is_fault(line):
            found[name].append(line)
    found.pop("end", None)
    return found


def is_fault(line: str) -> bool:
    over = re.match(r"Overfull \\hbox \((\S+)pt", line)
    told = re.match(r"! ", line) or re.search(r"too large|undefined", line, re.I)
    return float(over[1]) > TOO_WIDE if over else bool(told)
