"""The tree of regions, branches and teams in sentences."""

from django.utils.translation import gettext as _

from polecam.web.ui.sentences import Tale, tells

PLAIN = {
    "branch.renamed": lambda: _("A place got another name or town."),
    "branch.moved": lambda: _("A place moves to another part of the firm."),
    "branch.stays": lambda: _("A move that was ahead was taken back: the place stays."),
    "branch.closed": lambda: _("A place closes."),
    "branch.reopened": lambda: _("A place goes on."),
    "setting.taken_back": lambda: _("A setting that was ahead was taken back."),
}


@tells(*PLAIN)
def plain(tale: Tale) -> str:
    """What happened, without names."""
    return PLAIN[tale.event.kind]()
