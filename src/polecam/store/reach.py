"""Whether an error says that the data cannot be reached or kept just now, and waiting may help."""

import errno

from django.db import InterfaceError, OperationalError

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})
OURS = ("no such table", "no such column", "has no column")
"""SQLite's OperationalErrors that waiting does not mend: the house is older than its code."""


def is_away(error: BaseException | None) -> bool:
    """No database, one that is locked for too long or full, no room for a file."""
    if isinstance(error, OperationalError):
        return not any(said in str(error) for said in OURS)
    return isinstance(error, InterfaceError) or (
        isinstance(error, OSError) and error.errno in NO_ROOM
    )
