"""What the house does by itself, and who looked after it."""

from django.utils.translation import gettext as _

from polecam.web.ui.sentences import Tale, tells


@tells("letter.forgotten")
def forgotten(tale: Tale) -> str:
    """The admin looked and found that nothing more is to come of it."""
    return _("Something the worker had given up on was taken off its list.")
