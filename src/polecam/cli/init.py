"""`polecam init`: tables, static files, statistics; then a link to set the firm up in the browser,
or, on request, the firm and its first admin at once."""

import argparse
from datetime import UTC, datetime
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from polecam.actions import people, setup
from polecam.cli.commands import Trouble
from polecam.keeping import schema
from polecam.organisation.models import Branch, Organisation
from polecam.people.links import START_HOURS, start_url, welcome_url
from polecam.people.models import Role, Welcome
from polecam.people.queries import administered


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--keys", action="store_true", help="only print fresh secrets")
    parser.add_argument("--name", help="the firm's name, for a new database")
    parser.add_argument("--branch", help="its first branch")
    parser.add_argument("--admin-email", help="who will administer it; prints a welcome link")
    parser.add_argument("--zone", default="Europe/Warsaw", help="in which days begin")
    parser.add_argument("--currency", default="PLN", help="PLN or EUR")
    parser.add_argument("--language", default="pl", help="pl or en: what people begin with")
    lines = "bank, insurance, real_estate, telco, cars, b2b or other"
    parser.add_argument("--business", default="bank", help=lines)


def run(options: argparse.Namespace) -> int:
    """Prepare everything; safe to repeat."""
    if options.keys:
        from polecam.cli.keys import show

        return show()
    settings.HOME.mkdir(parents=True, exist_ok=True)
    for alias in connections:
        if not connections[alias].introspection.table_names():
            schema.make(connections[alias], schema.known())
        call_command("migrate", database=alias, interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
    analyse()
    print(f"Ready: {_place()}")
    at = datetime.now(UTC)
    if Organisation.objects.exists():
        setup.install_house(at=at)
    if settings.DEMO:
        return 0
    given = [options.name, options.branch, options.admin_email]
    if not Branch.objects.exists():
        if any(given):
            return _at_once(options, at)
        _base()
        print(f"Open this link within {START_HOURS} hours to set up the firm in the browser:")
        print(start_url(at))
        print("It opens nothing once the firm stands. Too late? Run `polecam init` again.")
    elif not administered():
        _invite_again(at)
    return 0


def analyse() -> None:
    """Give the planner statistics: without them a covering index can double a list's time."""
    for alias in connections:
        connection = connections[alias]
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA optimize")


def _at_once(options: argparse.Namespace, at: datetime) -> int:
    if not (options.name and options.branch and options.admin_email):
        raise Trouble(
            "--name, --branch and --admin-email go together. Without any of them a link is"
            " printed by which the firm is set up in the browser."
        )
    if Organisation.objects.exists():
        raise Trouble(
            "Somebody is setting the firm up in the browser. Run `polecam init` without options:"
            " it prints a link to go on."
        )
    print(f"Open this link within 7 days to sign in as admin:\n{_set_up(options, at)}")
    return 0


def _set_up(options: argparse.Namespace, at: datetime) -> str:
    _base()
    setup.create_organisation(
        by=None,
        at=at,
        name=options.name,
        zone=options.zone,
        currency=options.currency,
        language=options.language,
        business=options.business,
    )
    branch = setup.open_branch(by=None, at=at, name=options.branch)
    welcome = people.invite(
        by=None, at=at, email=options.admin_email, branch=branch, role=Role.ADMIN
    )
    return welcome_url(welcome)


def _invite_again(at: datetime) -> None:
    """Nobody administers the firm: its invitation was too old, or the last admin is gone."""
    asked = Welcome.objects.filter(role=Role.ADMIN, accepted_at=None)
    last = asked.order_by("id").last()
    if last is None or asked.filter(expires_at__gt=at, withdrawn_at=None).exists():
        return
    _base()
    again = people.invite(by=None, at=at, email=last.email, branch=last.branch, role=Role.ADMIN)
    print(f"Nobody administers the firm yet. A new link, for 7 days:\n{welcome_url(again)}")


def _base() -> None:
    """Raises Trouble where no link can be made."""
    if not settings.BASE_URL:
        raise Trouble(
            "Set POLECAM_URL first, for example https://polecam.example.com: it is the address"
            " under which people reach this server, and every link begins with it."
        )


def _place() -> str:
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        return str(database["NAME"])
    return f"PostgreSQL {database['HOST'] or 'localhost'}/{database['NAME']}"
