"""`polecam backup`: a sealed copy of everything, made while people go on working."""

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from polecam.actions import keeping
from polecam.cli import elsewhere
from polecam.cli.commands import Trouble
from polecam.keeping import copies, rules
from polecam.keeping.models import Backup, Cause
from polecam.store.fields import new_public_id


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="else POLECAM_BACKUP_FOLDER")
    parser.add_argument(
        "--drill", action="store_true", help="then restore it on trial, and verify what came back"
    )
    parser.add_argument(
        "--into", metavar="URL", help="an empty database for the drill, where none can be made"
    )


def run(options: argparse.Namespace) -> int:
    """Make the copy; 1 when the drill shows that it is not good."""
    folder = options.to or settings.BACKUP_FOLDER
    if folder is None:
        raise Trouble("Say where to: --to FOLDER, or set POLECAM_BACKUP_FOLDER.")
    row, path = copied(folder, Cause.ASKED)
    if not options.drill:
        return 0
    return drilled(row, path, options.into)


def copied(folder: Path, cause: Cause) -> tuple[Backup, Path]:
    """Make a copy and say so; its row and its file."""
    began = time.monotonic()
    row = keeping.back_up(at=datetime.now(UTC), cause=cause, folder=folder)
    path = folder / row.name
    seconds = time.monotonic() - began
    print(f"Copied: {path} ({row.size / 1e6:.1f} MB in {seconds:.1f} s)")
    return row, path


def copied_unnoted(folder: Path, cause: Cause) -> Path:
    """The same where the database has no table of copies yet; its file."""
    at = datetime.now(UTC)
    made = copies.write(folder, rules.name_of(at, cause), ident=new_public_id(), at=at)
    print(f"Copied: {made.path} ({made.size / 1e6:.1f} MB)")
    return made.path


def drilled(row: Backup, path: Path, into: str | None) -> int:
    """Restore the copy on trial; 0 when everything in it holds."""
    began = time.monotonic()
    if into:
        code = elsewhere.run(["restore", str(path), "--drill"], elsewhere.check(into))
    else:
        with elsewhere.scratch() as (url, home):
            code = elsewhere.run(["restore", str(path), "--drill"], url, POLECAM_HOME=str(home))
    if code:
        print("The drill failed: this copy is not good.")
        return 1
    keeping.tried(at=datetime.now(UTC), name=row.name)
    print(f"The drill held: the copy can be restored ({time.monotonic() - began:.1f} s).")
    return 0
