"""The command ``underbalance``."""

from __future__ import annotations

import os

import click

from underbalance import __version__
from underbalance.commands.answers import cite, explain
from underbalance.commands.inputs import check, check_latex, document
from underbalance.commands.last_run import bench, folder, summary, verify
from underbalance.commands.new_data import add_ally, refresh
from underbalance.commands.one_model import design, fit


@click.group()
@click.version_option(__version__)
def main() -> None:
    """Ask about the results of Underbalance.

    The results are made by `make`; these commands answer questions about them.
    """
    # as in the rules: on small matrices threads cost more than they save
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


for command in (
    *(check, check_latex, document),
    *(cite, explain),
    *(fit, design),
    *(summary, folder, verify, bench),
    *(refresh, add_ally),
):
    main.add_command(command)


if __name__ == "__main__":
    main()
