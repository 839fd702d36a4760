"""How people prove who they are, in sentences: that it changed, never with what."""

from django.utils.translation import gettext as _

from polecam.web.ui.sentences import Tale, tells

PLAIN = {
    "factor.added": lambda: _("An app or a passkey for signing in was added."),
    "factor.removed": lambda: _("An app or a passkey for signing in was removed."),
    "factor.doubted": lambda: _("A passkey was refused: somebody may have a copy of it."),
    "person.codes_made": lambda: _("New spare codes for signing in were made."),
    "person.code_used": lambda: _("A spare code was used for signing in."),
    "person.factors_reset": lambda: _("An admin took away what somebody signs in with."),
    "person.helped_in": lambda: _(
        "On the server itself, a way in was opened for somebody who lost everything."
    ),
    "person.sessions_ended": lambda: _("Signed out on every other device."),
    "organisation.signed_out": lambda: _("On the server itself, everybody was signed out."),
}


@tells(*PLAIN)
def plain(tale: Tale) -> str:
    """What happened."""
    return PLAIN[tale.event.kind]()
