"""Messages: that they went, what became of them, who changed their words. Never what they said."""

from django.utils.translation import gettext as _

from polecam.web.ui.sentences import Tale, tells


@tells("message.sent")
def sent(tale: Tale) -> str:
    """It left the house."""
    return _("A message was sent.")


@tells("message.failed")
def failed(tale: Tale) -> str:
    """Given up, refused, or nobody knows."""
    return _("A message could not be sent.")


@tells("message.dropped")
def dropped(tale: Tale) -> str:
    """Its consent was taken back, or its time was over."""
    return _("A message was not sent: it was not wanted any more.")


@tells("message.again")
def again(tale: Tale) -> str:
    """After looking."""
    return _("A message was sent on its way once more.")


@tells("message.put_aside")
def put_aside(tale: Tale) -> str:
    """After looking."""
    return _("A message was put aside.")


@tells("message.bounced")
def bounced(tale: Tale) -> str:
    """What the mail server or the gateway told later."""
    return _("A message came back. Nothing more is sent there.")


@tells("bounce.lifted")
def lifted(tale: Tale) -> str:
    """It works again."""
    return _("A number or address works again.")


@tells("template.written")
def written(tale: Tale) -> str:
    """A new version."""
    return _("New words of the firm for a message.")


@tells("template.ended")
def ended(tale: Tale) -> str:
    """The firm's own were put away."""
    return _("A message has the house’s words again.")


@tells("template.tested")
def tested(tale: Tale) -> str:
    """To oneself only."""
    return _("The words of a message were tried out.")
