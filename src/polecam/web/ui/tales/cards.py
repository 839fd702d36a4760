"""The client's own page in sentences: opened, renewed, closed; what the client agreed to."""

from django.utils.translation import gettext as _

from polecam.web.ui.sentences import Tale, tells


@tells("card.renewed")
def card_renewed(tale: Tale) -> str:
    """Older links are over."""
    return _("The client's page got a new link; the older ones stopped working.")


@tells("card.closed")
def card_closed(tale: Tale) -> str:
    """By the client."""
    return _("The client closed their page.")


@tells("invitation.revoked")
def invitation_revoked(tale: Tale) -> str:
    """Before anybody answered, or after: consents stand by themselves."""
    return _("The client took a link back.")


@tells("telling.given")
def telling_given(tale: Tale) -> str:
    """Nothing else may be told."""
    return _("The friend allows that the client learns that they talked.")


@tells("telling.withdrawn")
def telling_withdrawn(tale: Tale) -> str:
    """In one step."""
    return _("The friend no longer allows that the client learns that they talked.")


@tells("client.agreed")
def client_agreed(tale: Tale) -> str:
    """To messages for themselves."""
    return _("The client agreed to messages for themselves.")


@tells("client.withdrew")
def client_withdrew(tale: Tale) -> str:
    """At once."""
    return _("The client withdrew the consent to messages.")
