"""Running the script of a rule: its log, and its errors in words."""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from collections.abc import Callable
from contextlib import ExitStack, redirect_stderr
from pathlib import Path
from typing import Any, Final, TextIO

from underbalance.errors import EstimationError, FaultsError, LatexError

# set by the account of a run (underbalance.run_log), which shows what is in the logs
SHOWN_BY: Final = "UNDERBALANCE_RUN_LOG"


def run(main: Callable[[Any], None], snakemake: Any) -> None:
    """Run the ``main`` of a script with Snakemake's job; warnings and errors go to its log.

    Faults of the input, models that the data cannot carry and faults of a LaTeX document are
    shown as their message; anything else is a defect and is shown with its traceback. Where the
    account of the run shows the log (``make``), the job itself writes nothing on the terminal.
    """
    log = Path(snakemake.log[0])
    with log.open("w", encoding="utf-8", buffering=1) as file, ExitStack() as stack:
        caught = stack.enter_context(warnings.catch_warnings(record=True))
        if os.environ.get(SHOWN_BY):
            stack.enter_context(redirect_stderr(file))
        warnings.simplefilter("default")
        try:
            main(snakemake)
        except (FaultsError, EstimationError, LatexError) as error:
            _fail(str(error), file)
        except Exception:
            _fail(traceback.format_exc(), file)
        for warning in caught:
            file.write(f"{warning.category.__name__}: {warning.message}\n")


def _fail(message: str, log: TextIO) -> None:
    log.write(message + "\n")
    if sys.stderr is not log:
        sys.stderr.write(message + "\n")
    log.flush()
    sys.exit(1)
