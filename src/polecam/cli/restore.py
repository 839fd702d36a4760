"""`polecam restore FILE`: bring a copy back, into an empty database of either kind."""

import argparse
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from polecam.actions import restored, setup
from polecam.cli import elsewhere, verify
from polecam.cli.init import analyse
from polecam.keeping import copies, copying, erased, schema
from polecam.keeping.copying import Closing, Opening
from polecam.store import pause
from polecam.worker.reading import all_readers, read


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", type=Path, help="a copy that `polecam backup` made")
    parser.add_argument("--into", metavar="URL", help="sqlite:///PATH or postgresql://...")
    parser.add_argument(
        "--erased",
        type=Path,
        action="append",
        default=[],
        metavar="LIST",
        help="one more erasure list, of another machine for example",
    )
    parser.add_argument(
        "--look", action="store_true", help="only say what it is, and whether whole"
    )
    parser.add_argument("--drill", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """0 when everything came back and holds, 1 when something does not hold."""
    if options.look:
        opening, closing = copies.look(options.file)
        _say(opening, closing)
        return 0
    if options.into:
        return _into(options)
    opening, closing = copies.look(options.file)
    _say(opening, closing)
    told = erased.read([*copies.lists_of(options.file), *options.erased], since=opening.taken_at)
    settings.HOME.mkdir(parents=True, exist_ok=True)
    with pause.closed("restore"):
        with copies.opened(options.file) as reader:
            received(reader, files=Path(settings.MEDIA_ROOT))
        finish_tables()
        _put_right(options, told)
        analyse()
        return verify.run(argparse.Namespace(all=False))


def received(spring: copying.Spring, *, files: Path) -> Closing:
    """Fill the empty database from a stream, the side database too. Raises Refused."""
    closing = copying.receive(spring, copying.opened(spring), connection, files=files)
    for alias in connections:
        if alias != connection.alias and not connections[alias].introspection.table_names():
            schema.make(connections[alias], schema.known())
    return closing


def finish_tables() -> None:
    """The steps of later releases, and the guards."""
    for alias in connections:
        call_command("migrate", database=alias, interactive=False, verbosity=0)
    setup.install_house(at=datetime.now(UTC))


def _put_right(options: argparse.Namespace, told: erased.Told) -> None:
    at, worker = datetime.now(UTC), secrets.token_hex(16)
    restored.be_quiet(at=at)
    again = restored.forget_again(at=at, told=told)
    while sum(read(reader, worker=worker, at=at, strict=True) for reader in all_readers()):
        pass  # what readers had not read yet would become messages after the hold
    found = restored.put_right(at=at, name=options.file.name, again=again)
    print(f"Forgotten or left in peace again: {found.again}")
    if found.held:
        print(
            f"Messages held: {found.held}. Whether they left after the copy was made nobody here "
            "knows: an admin sends or drops them on the page Messages."
        )
    if found.files:
        print(f"Files that were being deleted when the copy was made: {found.files}")


def _into(options: argparse.Namespace) -> int:
    url = elsewhere.check(options.into)
    more = [word for path in options.erased for word in ("--erased", str(path))]
    code = elsewhere.run(["restore", str(options.file), *more], url)
    if code == 0:
        print(f"To work with it: DATABASE_URL={url}")
    return code


def _say(opening: Opening, closing: Closing) -> None:
    taken = opening.taken_at.strftime("%Y-%m-%d %H:%M:%S UTC")
    print(
        f"A copy of {taken}, release {opening.version}, from {opening.vendor}: "
        f"{closing.rows} rows, {len(closing.files)} files"
    )
    sys.stdout.flush()
