"""Running the script of a rule: its log, and its errors in words."""

from __future__ import annotations

import sys
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from underbalance.errors import EstimationError, FaultsError, LatexError


def run(main: Callable[[Any], None], snakemake: Any) -> None:
    """Run the ``main`` of a script with Snakemake's job; warnings and errors go to its log.

    Faults of the input, models that the data cannot carry and faults of a LaTeX document are shown
    as their message; anything else is a defect and is shown with its traceback.
    """
    log = Path(snakemake.log[0])
    with log.open("w", encoding="utf-8") as file, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        try:
            main(snakemake)
        except (FaultsError, EstimationError, LatexError) as error:
            _fail(str(error), file)
        except Exception:
            _fail(traceback.format_exc(), file)
        for warning in caught:
            file.write(f"{warning.category.__name__}: {warning.message}\n")


def _fail(message: str, log: Any) -> None:
    log.write(message + "\n")
    sys.stderr.write(message + "\n")
    log.flush()
    sys.exit(1)
