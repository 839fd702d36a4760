"""Files and imports in sentences."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.web.ui import format as fmt
from polecam.web.ui.sentences import Tale, tells


@tells("file.uploaded")
def file_uploaded(tale: Tale) -> str:
    """A file came."""
    return _("A file was uploaded.")


@tells("import.previewed")
def import_previewed(tale: Tale) -> str:
    """It was looked at first."""
    return _("An import was prepared.")


@tells("import.requested")
def import_requested(tale: Tale) -> str:
    """For real, or as a rehearsal."""
    if tale.data.get("dry_run"):
        return _("An import was rehearsed.")
    return _("An import was started.")


@tells("import.applied")
def import_applied(tale: Tale) -> str:
    """Some rows."""
    rows = sum(int(tale.data.get(name, 0)) for name in ("created", "updated", "unchanged"))
    return ngettext(
        "%(n)s row of the file was taken.", "%(n)s rows of the file were taken.", rows
    ) % {"n": rows}


@tells("import.finished")
def import_finished(tale: Tale) -> str:
    """What came of it."""
    new = int(tale.data.get("created", 0))
    return ngettext(
        "The import ended: %(n)s new record.", "The import ended: %(n)s new records.", new
    ) % {"n": new}


@tells("referral.imported")
def referral_imported(tale: Tale) -> str:
    """Brought before Polecam came; the day stands in the event."""
    on = date.fromisoformat(tale.data["on"])
    return _("Entered from a file: recommended on %(day)s.") % {"day": fmt.day(on)}
