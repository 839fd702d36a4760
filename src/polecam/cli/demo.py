"""`polecam demo`: a living branch in an empty database."""

import argparse
from importlib import import_module

from django.conf import settings

from polecam.cli.commands import Trouble
from polecam.cli.init import analyse
from polecam.organisation.models import Organisation
from polecam.store.tx import unsynced
from polecam.worker import drain


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--if-empty", action="store_true", help="do nothing in a filled database")
    parser.add_argument("--seed", type=int, default=2026, help="another seed, another half-year")


def run(options: argparse.Namespace) -> int:
    """Fill the database; refuses a production and any database that holds a firm."""
    if not (settings.DEMO or settings.TESTING):
        raise Trouble("A demo needs POLECAM_ENV=demo, so that it never meets real people.")
    if Organisation.objects.exists():
        if options.if_empty:
            return 0
        raise Trouble("The database holds a firm already; a demo wants an empty one.")
    with unsynced():
        import_module("polecam.demo.live").live(seed=options.seed, drain=drain, say=print)
    analyse()
    return 0
