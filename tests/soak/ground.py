"""A database and a home of its own for a soak: made once, set back before each life."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER = os.environ.get("POLECAM_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")


@contextmanager
def ground(database: str) -> Iterator["Ground"]:
    """Django on an empty, migrated database. To be entered before anything of it is imported."""
    home = Path(tempfile.mkdtemp(prefix="polecam-soak-"))
    (home / "static").mkdir()
    name = f"polecam_soak_{os.getpid()}"
    os.environ.update(
        DJANGO_SETTINGS_MODULE="polecam.settings",
        POLECAM_ENV="test",
        POLECAM_HOME=str(home),
        POLECAM_LOG_LEVEL="ERROR",
        DATABASE_URL=f"{SERVER.rstrip('/')}/{name}" if database == "postgres" else "",
    )
    made = Postgres(home, name) if database == "postgres" else Ground(home)
    try:
        made.make()
        yield made
    finally:
        made.drop()
        shutil.rmtree(home, ignore_errors=True)


class NoMigrations(dict):
    """Of no app: tables are made as the models say, in seconds."""

    def __contains__(self, app: object) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


class Ground:
    """SQLite: two files, copied."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def make(self) -> None:
        """Tables as the models say; the guards with them."""
        import django
        from django.conf import settings
        from django.core.management import call_command

        settings.MIGRATION_MODULES = NoMigrations()
        django.setup()
        from django.db import connections

        for alias in connections:
            call_command("migrate", database=alias, run_syncdb=True, verbosity=0)
        connections.close_all()
        self.keep()

    def keep(self) -> None:
        """The empty state, kept."""
        (self.home / "empty").mkdir()
        for file in self._files():
            shutil.copy(file, self.home / "empty")

    def reset(self) -> None:
        """As it was when it was made."""
        from django.db import connections

        connections.close_all()
        for file in self._files():
            file.unlink()
        for file in (self.home / "empty").iterdir():
            shutil.copy(file, self.home)
        self.tidy()

    def tidy(self) -> None:
        """No uploads, no mail."""
        for folder in ("uploads", "mail"):
            shutil.rmtree(self.home / folder, ignore_errors=True)

    def _files(self) -> list[Path]:
        return [file for file in self.home.glob("*sqlite3*") if file.is_file()]

    def drop(self) -> None:
        """The home goes with all that is in it."""


class Postgres(Ground):
    """PostgreSQL: a template, and a database made from it."""

    def __init__(self, home: Path, name: str) -> None:
        super().__init__(home)
        self.name = name

    def make(self) -> None:
        """As on SQLite, in a database of its own."""
        self._say(f"CREATE DATABASE {self.name}")
        super().make()

    def keep(self) -> None:
        """The empty state, kept as a database."""
        self._say(f"CREATE DATABASE {self.name}_empty TEMPLATE {self.name}")

    def reset(self) -> None:
        """Made anew from it."""
        from django.db import connections

        connections.close_all()
        self._say(
            f"DROP DATABASE {self.name} WITH (FORCE)",
            f"CREATE DATABASE {self.name} TEMPLATE {self.name}_empty",
        )
        self.tidy()

    def drop(self) -> None:
        """Nothing stays on the server."""
        from django.db import connections

        connections.close_all()
        for name in (self.name, f"{self.name}_empty"):
            self._say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _say(self, *statements: str) -> None:
        import psycopg

        with psycopg.connect(f"{SERVER.rstrip('/')}/postgres", autocommit=True) as server:
            for statement in statements:
                server.execute(statement)
