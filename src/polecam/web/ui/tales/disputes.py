"""Disputes in sentences: what happened, without names of sides and without their words."""

from django.utils.translation import gettext as _

from polecam.web.ui import format as fmt
from polecam.web.ui.dispute_labels import OUTCOMES, REASONS
from polecam.web.ui.sentences import Tale, tells


def _own(tale: Tale) -> bool:
    return tale.reader is not None and tale.data.get("person") == tale.reader.pk


@tells("dispute.raised")
def raised(tale: Tale) -> str:
    """What about."""
    reason = str(REASONS.get(tale.data.get("reason", ""), ""))
    return _("A question about the credit was raised: %(reason)s.") % {
        "reason": reason[:1].lower() + reason[1:]
    }


@tells("dispute.stated")
def stated(tale: Tale) -> str:
    """The words stand on the page of the case."""
    return _("A party said how they see it.")


@tells("dispute.reminded")
def reminded(tale: Tale) -> str:
    """A gentle one."""
    return _("A reminder: half of the time for the decision has passed.")


@tells("dispute.moved")
def moved(tale: Tale) -> str:
    """Somebody else decides from now on."""
    if tale.data.get("why") == "due":
        return _("The time was over, so the question went one step up.")
    return _("Somebody else decides from now on.")


@tells("dispute.joined")
def joined(tale: Tale) -> str:
    """The credit became theirs, too."""
    return _("Somebody else became a party of the question.")


@tells("dispute.decided")
def decided(tale: Tale) -> str:
    """How."""
    outcome = str(OUTCOMES.get(tale.data.get("outcome", ""), ""))
    return _("Decided: %(outcome)s.") % {"outcome": outcome[:1].lower() + outcome[1:]}


@tells("dispute.accepted")
def accepted(tale: Tale) -> str:
    """One of them."""
    return _("A party accepted the decision.")


@tells("dispute.appealed")
def appealed(tale: Tale) -> str:
    """Once."""
    return _("A party asked for a second decision.")


@tells("dispute.closed")
def closed(tale: Tale) -> str:
    """Carried out."""
    if tale.data.get("set"):
        return _("The decision is final. The shares were set anew.")
    return _("The decision is final. The shares stay as they were.")


@tells("dispute.withdrawn")
def withdrawn(tale: Tale) -> str:
    """Nothing came of it."""
    return _("The question was taken back. Nothing changed.")


@tells("bonus.suspended")
def suspended(tale: Tale) -> str:
    """The contested part only."""
    if not _own(tale):
        return _("The contested part of an amount waits for a decision.")
    return _("%(amount)s gross of this amount waits for a decision.") % {
        "amount": fmt.zl(tale.data["grosze"])
    }


@tells("bonus.released")
def released(tale: Tale) -> str:
    """Whatever was decided."""
    if not _own(tale):
        return _("The contested part of an amount waits no more.")
    return _("%(amount)s gross of this amount waits no more.") % {
        "amount": fmt.zl(tale.data["grosze"])
    }
