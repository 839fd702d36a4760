"""`polecam move --to URL`: everything to another database, of either kind, while nobody writes."""

import argparse
import subprocess
import sys
import time
from datetime import UTC, datetime
from getpass import getpass
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection

from polecam.actions import moved
from polecam.cli import elsewhere, restore, verify
from polecam.cli.commands import Trouble
from polecam.cli.init import analyse
from polecam.keeping import copying
from polecam.keeping.tables import snapshot
from polecam.organisation.models import Organisation
from polecam.store import pause


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--to", metavar="URL", help='an empty database; "-": its URL is read from the input'
    )
    parser.add_argument("--arrive", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Move; the old database stays as it was, closed. 1 when the new one does not hold."""
    if options.arrive:
        return _arrive()
    if not options.to:
        raise Trouble("Say where to: --to postgresql://USER:PASSWORD@HOST/NAME")
    url = elsewhere.check(_typed() if options.to == "-" else options.to)
    if elsewhere.is_here(url):
        raise Trouble("This is the database that is in use. Say another, empty one.")
    if not Organisation.objects.exists():
        raise Trouble("There is nothing to move: this database holds no firm.")
    began = time.monotonic()
    pause.close("move")
    try:
        code = _send(url)
    except BaseException:
        pause.reopen()
        raise
    if code:
        pause.reopen()
        print("Nothing changed here; people can go on. The other database is not to be used.")
        return code
    print(
        f"Moved in {time.monotonic() - began:.1f} s. The old database is untouched and stays "
        "closed. Put this into the environment, and start again:\n"
        f"DATABASE_URL={url}"
    )
    return 0


def _typed() -> str:
    """The URL from the input: what is written on a command line, everybody on the machine reads."""
    return getpass("URL: ") if sys.stdin.isatty() else sys.stdin.readline().strip()


def _send(url: str) -> int:
    sys.stdout.flush()
    with (
        snapshot(connection, still=True) as source,
        subprocess.Popen(
            elsewhere.command("move", "--arrive"),
            env=elsewhere.surroundings(url),
            stdin=subprocess.PIPE,
        ) as child,
    ):
        if child.stdin is None:
            raise Trouble("The other process cannot be reached.")
        try:
            copying.send(
                source, connection, child.stdin, version=version("polecam"), at=datetime.now(UTC)
            )
            child.stdin.close()
        except BrokenPipeError:
            pass  # it has said why
        except BaseException:
            child.kill()  # an unfinished stream is nothing to it
            raise
        return child.wait()


def _arrive() -> int:
    settings.HOME.mkdir(parents=True, exist_ok=True)
    closing = restore.received(sys.stdin.buffer, files=Path(settings.MEDIA_ROOT))
    restore.finish_tables()
    moved.arrived(at=datetime.now(UTC), rows=closing.rows)
    analyse()
    print(
        f"Arrived: {closing.rows} rows in {len(closing.tables)} tables, each compared with what "
        "was sent."
    )
    sys.stdout.flush()
    return verify.run(argparse.Namespace(all=False))
