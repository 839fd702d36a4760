"""Asks, moments, words and invitations in sentences. An answer is never told, not even here."""

from datetime import date

from django.utils.translation import gettext as _

from polecam.web.ui import format as fmt
from polecam.web.ui.sentences import Tale, tells


@tells("ask.made")
def ask_made(tale: Tale) -> str:
    """Who asked."""
    return f"{tale.who('asked')}."


@tells("ask.answered")
def ask_answered(tale: Tale) -> str:
    """That there is an answer; which one, only its asker knows."""
    return _("The client's answer was noted.")


@tells("ask.skipped")
def ask_skipped(tale: Tale) -> str:
    """Until when."""
    until = date.fromisoformat(tale.data["until"])
    return _("A suggestion was put aside until %(day)s.") % {"day": fmt.day(until)}


@tells("ask.undone")
def ask_undone(tale: Tale) -> str:
    """Within the minutes of undo."""
    return _("The ask was taken back.")


@tells("follow_up.opened")
def follow_up_opened(tale: Tale) -> str:
    """The client's date."""
    due = date.fromisoformat(tale.data["due_on"])
    return _("The client named another day: %(day)s.") % {"day": fmt.day(due)}


@tells("script.written")
def script_written(tale: Tale) -> str:
    """That, not what."""
    return _("An own sentence was written.")


@tells("script.retired")
def script_retired(tale: Tale) -> str:
    """That, not what."""
    return _("An own sentence was put away.")


@tells("script.changed")
def script_changed(tale: Tale) -> str:
    """That, and which version."""
    number = {"number": tale.data["version"]}
    return _("The words of the house changed (version %(number)s of a sentence).") % number


@tells("script.dropped")
def script_dropped(tale: Tale) -> str:
    """That, not what."""
    return _("A sentence of the house was put away.")


@tells("goal.set")
def goal_set(tale: Tale) -> str:
    """Its number is nobody else's."""
    return _("The own weekly goal was set.")


@tells("card.opened")
def card_opened(tale: Tale) -> str:
    """The client's own page."""
    return _("The client got a page of their own.")


@tells("invitation.made")
def invitation_made(tale: Tale) -> str:
    """For whom it is, as far as the journal knows."""
    if tale.data.get("walk_in"):
        return _("An invitation for someone who came in person was made.")
    if tale.data.get("reusable"):
        return _("An invitation to pass on was made.")
    return _("An invitation for the friend was made.")


@tells("invitation.reworded")
def invitation_reworded(tale: Tale) -> str:
    """That, not what."""
    return _("The invitation's text was changed.")


@tells("invitation.taken")
def invitation_taken(tale: Tale) -> str:
    """By the client's own act."""
    return _("The client took the invitation along.")


@tells("referral.captured")
def referral_captured(tale: Tale) -> str:
    """How it came."""
    return {
        "asked": _("The client recommended a friend. The authorship is settled for good."),
        "spontaneous": _("The client recommended a friend unasked. The authorship is settled."),
        "walk_in": _("A friend came by recommendation. The authorship is settled for good."),
    }.get(tale.data.get("kind", ""), _("A referral was recorded."))


@tells("referral.undone")
def referral_undone(tale: Tale) -> str:
    """Before any answer of the friend."""
    return _("The referral was taken back before anybody answered.")
