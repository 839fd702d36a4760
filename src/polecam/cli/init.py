"""`polecam init`: tables, static files, statistics; on request the firm and its first admin."""

import argparse
from datetime import UTC, datetime
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from polecam.actions import people, setup
from polecam.cli.commands import Trouble
from polecam.organisation.models import Organisation
from polecam.people.links import welcome_url
from polecam.people.models import Role


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--keys", action="store_true", help="only print fresh secrets")
    parser.add_argument("--name", help="the firm's name, for a new database")
    parser.add_argument("--branch", help="its first branch")
    parser.add_argument("--admin-email", help="who will administer it; prints a welcome link")
    parser.add_argument("--zone", default="Europe/Warsaw", help="in which days begin")
    lines = "bank, insurance, real_estate, telco, cars, b2b or other"
    parser.add_argument("--business", default="bank", help=lines)


def run(options: argparse.Namespace) -> int:
    """Prepare everything; safe to repeat."""
    if options.keys:
        from polecam.cli.keys import show

        return show()
    settings.HOME.mkdir(parents=True, exist_ok=True)
    for alias in connections:
        call_command("migrate", database=alias, interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
    analyse()
    print(f"Ready: {_place()}")
    if Organisation.objects.exists():
        setup.install_house(at=datetime.now(UTC))
        return 0
    if settings.DEMO:
        return 0
    if not (options.name and options.branch and options.admin_email):
        print(
            "The database is empty. Set up the firm with\n"
            "  polecam init --name NAME --branch BRANCH --admin-email ADDRESS"
        )
        return 0
    print(f"Open this link within 7 days to sign in as admin:\n{_set_up(options)}")
    return 0


def analyse() -> None:
    """Give the planner statistics: without them a covering index can double a list's time."""
    for alias in connections:
        connection = connections[alias]
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA optimize")


def _set_up(options: argparse.Namespace) -> str:
    if not settings.BASE_URL:
        raise Trouble("Set POLECAM_URL first: the welcome link begins with it.")
    at = datetime.now(UTC)
    setup.create_organisation(
        by=None, at=at, name=options.name, zone=options.zone, business=options.business
    )
    branch = setup.open_branch(by=None, at=at, name=options.branch)
    welcome = people.invite(
        by=None, at=at, email=options.admin_email, branch=branch, role=Role.ADMIN
    )
    return welcome_url(welcome)


def _place() -> str:
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        return str(database["NAME"])
    return f"PostgreSQL {database['HOST'] or 'localhost'}/{database['NAME']}"
