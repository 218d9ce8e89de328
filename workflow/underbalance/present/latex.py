"""Running LaTeX: what it needs, and what its log says when it fails."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterable
from pathlib import Path

from underbalance.errors import LatexError

PROGRAMS = ("latexmk", "pdflatex", "bibtex", "kpsewhich")
# three runs of the article take some ten seconds
SECONDS = 300
SHOWN_FAULTS = 5
LINES_OF_A_FAULT = 4
# no date of the day in the PDF: the same input gives the same bytes
SAME_BYTES = {"SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1"}


def require_latex(packages: Iterable[str]) -> None:
    """Raise :class:`LatexError` when programs or LaTeX packages are missing.

    Parameters
    ----------
    packages : names of LaTeX packages (``booktabs``) and bibliography styles (``plainnat.bst``).
    """
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    lacking = [] if missing else [name for name in sorted(set(packages)) if not _is_there(name)]
    if missing or lacking:
        raise LatexError(_what_to_install(missing, lacking))


def set_document(document: Path, name: str = "main") -> tuple[Path, str]:
    """Set ``document/name.tex`` in its folder; return the PDF and the log.

    Raises
    ------
    LatexError : with the lines of the log that say what is wrong.
    """
    # errors do not stop it at the first one, but a hundred of them do, and so does the time
    command = ["latexmk", "-pdf", "-interaction=nonstopmode", "-file-line-error", f"{name}.tex"]
    code = _run_for(SECONDS, command, document)
    log = _text(document / f"{name}.log")
    if code is None:
        raise LatexError(_endless(log))
    if code:
        raise LatexError(faults_of(log, _text(document / f"{name}.blg")))
    return document / f"{name}.pdf", log


def packages_of(source: str) -> set[str]:
    """Return the packages and the bibliography style that a LaTeX source asks for."""
    uncommented = re.sub(r"(?<!\\)%.*", "", source)
    asked = re.findall(r"\\(?:usepackage|RequirePackage)(?:\[[^]]*\])?\{([^}]*)\}", uncommented)
    styles = re.findall(r"\\bibliographystyle\{([^}]*)\}", uncommented)
    packages = {name.strip() for names in asked for name in names.split(",")}
    return packages | {f"{style}.bst" for style in styles}


def faults_of(log: str, bibliography_log: str = "") -> str:
    """Return the lines of logs of LaTeX and BibTeX that say what is wrong and where."""
    lines = log.splitlines()
    starts = [n for n, line in enumerate(lines) if re.match(r"(\S+\.\w+:\d+: |! )", line)]
    shown = ["\n".join(_fault(lines, n)) for n in starts[:SHOWN_FAULTS]]
    if len(starts) > SHOWN_FAULTS:
        shown.append(f"… and {len(starts) - SHOWN_FAULTS} more")
    shown += [
        line
        for line in bibliography_log.splitlines()
        if re.match(r"I (couldn't|found no)|.*---(line \d+ of|this is) ", line)
    ]
    told = "\n".join(shown) or "\n".join(["The log does not say why; its last lines:", *lines[-8:]])
    return f"LaTeX cannot set the paper:\n\n{told}\n"


def open_questions(log: str) -> list[str]:
    """Return the warnings of a log on references and citations that are not defined."""
    joined = re.sub(r"(?<=.{79})\n", "", log)
    return sorted(set(re.findall(r"(?:Reference|Citation) [`'][^']*' .*?undefined", joined)))


def _run_for(seconds: int, command: list[str], folder: Path) -> int | None:
    """Return how a command ended, None if it had to be stopped with all that it had started."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | SAME_BYTES,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return None


def _endless(log: str) -> str:
    read = re.findall(r"\(([^()\s]+\.tex)", log)
    last = f"; the last file it read is {read[-1]}" if read else ""
    return f"LaTeX did not end within {SECONDS // 60} minutes and was stopped{last}."


def _is_there(name: str) -> bool:
    file = name if "." in name else f"{name}.sty"
    found = subprocess.run(["kpsewhich", file], capture_output=True, check=False)
    return found.returncode == 0


def _what_to_install(programs: list[str], packages: list[str]) -> str:
    parts = [*programs, *(f"the LaTeX package {name}" for name in packages)]
    names = " ".join(name.removesuffix(".bst") for name in packages)
    return (
        f"The paper is set with LaTeX, and this is missing: {', '.join(parts)}.\n"
        "  Debian, Ubuntu:  sudo apt install texlive-latex-recommended texlive-latex-extra "
        "latexmk lmodern\n"
        "  macOS:           MacTeX (https://tug.org/mactex)\n"
        f"  any TeX Live:    {f'tlmgr install {names}' if names else 'https://tug.org/texlive'}\n"
        "Then run `make paper` again. All results but the paper are made without LaTeX: `make`."
    )


def _fault(lines: list[str], start: int) -> list[str]:
    """Return a message of LaTeX with the line of the source that it is about."""
    end = next(
        (n + 1 for n in range(start, len(lines)) if re.match(r"l\.\d+", lines[n])),
        start + LINES_OF_A_FAULT,
    )
    kept = [line for line in lines[start:end] if line.strip()]
    return kept if len(kept) <= LINES_OF_A_FAULT else [*kept[:2], *kept[-2:]]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
