"""`polecam upgrade`: after a new release is installed: copy, migrate, furnish, verify."""

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from polecam.actions import setup
from polecam.cli import backup, verify
from polecam.cli.commands import Trouble, complaint
from polecam.cli.init import analyse
from polecam.keeping import schema
from polecam.keeping.models import Cause
from polecam.store import pause


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where the copy goes")


def run(options: argparse.Namespace) -> int:
    """Every step, or a clear line where it stopped and how to go back."""
    if schema.is_empty(connection):
        raise Trouble("This database is empty; a new one begins with `polecam init`.")
    folder = options.to or settings.BACKUP_FOLDER or settings.HOME / "copies"
    with pause.closed("upgrade"):
        path = _copy(folder)
        for name, step in STEPS:
            began = time.monotonic()
            try:
                good = step()
            except Exception as error:
                said = complaint(error) or f"{type(error).__name__}: {error}"
                raise Trouble(f"Stopped at: {name}. {said}\n{_way_back(path)}") from error
            if not good:
                raise Trouble(f"Stopped at: {name}. Something does not hold.\n{_way_back(path)}")
            print(f"{name}: done in {time.monotonic() - began:.1f} s")
    print("Upgraded. Start the server and the worker again.")
    return 0


def _copy(folder: Path) -> Path:
    """Before anything changes; the table of copies may itself be one of the steps to come."""
    if "keeping_backup" in connection.introspection.table_names():
        return backup.copied(folder, Cause.UPGRADE)[1]
    return backup.copied_unnoted(folder, Cause.UPGRADE)


def _migrate() -> bool:
    for alias in connections:
        call_command("migrate", database=alias, interactive=False, verbosity=0)
    return True


def _furnish() -> bool:
    call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
    setup.install_house(at=datetime.now(UTC))
    analyse()
    return True


def _verify() -> bool:
    return verify.run(argparse.Namespace(all=False)) == 0


STEPS: list[tuple[str, Callable[[], bool]]] = [
    ("migrate", _migrate),
    ("furnish", _furnish),
    ("verify", _verify),
]


def _way_back(path: Path) -> str:
    if connection.vendor == "sqlite":
        old = Path(connection.settings_dict["NAME"])
        into = f"sqlite://{old.with_name('polecam-before.sqlite3').resolve()}"
    else:
        into = "postgresql://... (an empty database)"
    return (
        "Everything as it was lies in the copy. To go back, install the release before and run\n"
        f"  polecam restore {path} --into {into}"
    )
