"""`polecam`: the command line door."""

import os
import sys


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polecam.settings")
    from polecam.cli.commands import run

    return run(sys.argv[1:] if argv is None else argv)
