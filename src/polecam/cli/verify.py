"""`polecam verify`: proves what must never be false, or names the first row that breaks it."""

import argparse
from datetime import UTC, datetime

from polecam.insights.proofs import prove


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--all", action="store_true", help="name every broken row, not the first")


def run(options: argparse.Namespace) -> int:
    """0 when everything holds, 1 when something is broken."""
    broken = False
    for proof in prove(datetime.now(UTC)):
        if not proof.problems:
            print(f"ok       {proof.name}: {proof.said}")
            continue
        broken = True
        shown = proof.problems if options.all else proof.problems[:1]
        for problem in shown:
            print(f"BROKEN   {proof.name}: {problem}")
        if len(shown) < len(proof.problems):
            print(f"         and {len(proof.problems) - len(shown)} more (--all)")
    print("Something is broken." if broken else "Everything holds.")
    return 1 if broken else 0
