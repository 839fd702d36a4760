"""The engine `polecam.store.sqlite3`.

SQLite makes a missing database file without a word. Where it is missing because a disk is not
mounted or somebody moves it, pages would show an empty house, and the log of that one would be
played into the real one when it comes back. So a process that saw a file waits for it.
"""

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

_seen: set[str] = set()


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Raises OperationalError where a file is gone that this process knew."""
        name = str(conn_params["database"])
        if name in _seen and not Path(name).exists():
            raise OperationalError("the database file is gone")
        opened = super().get_new_connection(conn_params)
        if Path(name).exists():
            _seen.add(name)
        return opened


def forget(path: Path) -> None:
    """It was removed on purpose, and may be made anew."""
    _seen.discard(str(path))
