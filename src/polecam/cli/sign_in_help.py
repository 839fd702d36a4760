"""`polecam sign-in-help EMAIL`: the last way in, for whoever may open a shell on the server."""

import argparse
from datetime import UTC, datetime

from django.conf import settings

from polecam.actions import arrivals, own_account
from polecam.cli.commands import Trouble
from polecam.people.models import Person
from polecam.web.pages.entry.passwords import path_for


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "email", nargs="?", default="", help="of whoever lost password, app and passkeys"
    )
    parser.add_argument("--everybody-out", action="store_true", help="end every open session")


def run(options: argparse.Namespace) -> int:
    """Void what the person signs in with, and print a link for a new password."""
    if not settings.BASE_URL:
        raise Trouble("Set POLECAM_URL first: the link begins with it.")
    if options.everybody_out:
        print(f"Sessions ended: {arrivals.end_everybody(at=datetime.now(UTC))}")
        return 0
    person = Person.objects.filter(email__iexact=options.email.strip()).first()
    if person is None:
        raise Trouble("Nobody works here under this address.")
    own_account.help_in(at=datetime.now(UTC), person=person)
    print(
        "App, passkeys and spare codes of this person are void, their sessions ended, and the\n"
        "journal knows. Give them this link, good for an hour and once, in person:\n"
        f"{settings.BASE_URL}{path_for(person)}"
    )
    return 0
