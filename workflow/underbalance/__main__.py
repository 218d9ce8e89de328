"""``python -m underbalance``."""

from underbalance.cli import main

main()
