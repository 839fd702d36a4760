"""Sentences of refusals: copies, restoring and tasks."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "backup_key_missing": _(
        "A copy needs POLECAM_BACKUP_KEY, a secret of its own of 32 characters or more. "
        "`polecam init --keys` prints one; keep it where the copies are not."
    ),
    "copy_just_made": _("A copy was begun this very second. Try again in a moment."),
    "copy_unknown": _("This file is no copy made by Polecam."),
    "copy_format_newer": _("This copy was written by a newer Polecam. Install that release first."),
    "copy_wrong_key": _("This copy was sealed with another POLECAM_BACKUP_KEY."),
    "copy_cut": _("This copy ends too early: a part of it is missing. Take another one."),
    "copy_damaged": _("This copy is damaged: some byte is not as it was written. Take another."),
    "copy_mismatch": _(
        "What arrived is not what was sent (table %(table)s). Nothing was kept; please report it."
    ),
    "copy_newer": _(
        "This copy is of release %(version)s, which is newer. Install that release first."
    ),
    "database_newer": _(
        "The database is of a newer release than this program. Install that release first."
    ),
    "database_not_empty": _(
        "This database holds data already; nothing is ever overwritten. Say another, empty one: "
        "--into sqlite:///PATH or postgresql://USER@HOST/NAME."
    ),
    "erasure_list_unreadable": _(
        "The erasure list cannot be read (%(place)s). Mend that line first: without it people who "
        "were forgotten would come back."
    ),
}
