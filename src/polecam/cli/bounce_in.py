"""`polecam bounce-in`: what the mail server says of letters that came back, on the standard input.

Called by the mail server for each letter to the address bounces come to (docs/operate.md). Exit
codes are those of sysexits, which mail servers read: 0 taken in, or nothing of ours; 75 try again
later, when the database is away.
"""

import argparse
import sys
from datetime import UTC, datetime

from django.db import OperationalError

from polecam.actions import bounces
from polecam.messages.dsn import MOST_BYTES

LATER = 75


def arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(options: argparse.Namespace) -> int:
    """0 in any case but that of a database that does not answer."""
    raw = sys.stdin.buffer.read(MOST_BYTES)
    while sys.stdin.buffer.read(MOST_BYTES):
        pass  # a mail server takes a pipe that is closed early for a failure
    try:
        news = bounces.told_by_mail(at=datetime.now(UTC), raw=raw)
    except OperationalError:
        print("polecam bounce-in: the database is away; try again later", file=sys.stderr)
        return LATER
    print(f"{news} taken in" if news else "nothing of ours")
    return 0
