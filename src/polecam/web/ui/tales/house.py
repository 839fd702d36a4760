"""The firm, its people and their praise in sentences. Names come only with `Names`."""

from django.utils.translation import gettext as _

from polecam.web.ui.sentences import Tale, tells

PLAIN = {
    "organisation.created": lambda: _("The firm was set up."),
    "organisation.furnished": lambda: _("A newer release brought moments or words along."),
    "branch.created": lambda: _("A branch was opened."),
    "setting.changed": lambda: _("A setting got a new value."),
    "monitoring.announced": lambda: _("The monitoring notice was announced."),
    "person.invited": lambda: _("Someone was invited to work here."),
    "person.changed": lambda: _("The profile was changed."),
    "person.signed_in": lambda: _("Signed in."),
    "membership.given": lambda: _("A role was given."),
    "membership.ended": lambda: _("A role ended."),
    "praise.clapped": lambda: _("A colleague joined the praise."),
    "praise.withdrawn": lambda: _("The praise was taken back."),
    "feed.consented": lambda: _("Agreed to be named in good news."),
    "feed.withdrawn": lambda: _("No longer wants to be named in good news."),
}


@tells(*PLAIN)
def plain(tale: Tale) -> str:
    """What happened, without names."""
    return PLAIN[tale.event.kind]()


@tells("person.joined")
def joined(tale: Tale) -> str:
    """Someone new."""
    name = tale.by.first_name if tale.by else ""
    return _("%(name)s joined.") % {"name": name} if name else _("A colleague joined.")


@tells("person.acknowledged")
def acknowledged(tale: Tale) -> str:
    """The notice was read."""
    return _("The monitoring notice was read and acknowledged.")


@tells("praise.given")
def praised(tale: Tale) -> str:
    """Kind words, without their text."""
    name = tale.by.first_name if tale.by and not tale.mine else ""
    if name:
        return _("%(name)s gave praise to a colleague.") % {"name": name}
    return _("Praise was given to a colleague.")
