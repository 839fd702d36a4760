"""Work on a referral in sentences: contacts, meetings, next steps, the end."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from polecam.web.ui import format as fmt
from polecam.web.ui.referral_labels import LOST, STEPS
from polecam.web.ui.sentences import Tale, tells


@tells("referral.contacted")
def contacted(tale: Tale) -> str:
    """What came of an attempt."""
    sentences = {
        ("phone", "reached"): _("A talk on the phone."),
        ("phone", "no_answer"): _("A call, no answer."),
        ("sms", "reached"): _("An SMS, answered."),
        ("sms", "no_answer"): _("An SMS, no answer yet."),
        ("email", "reached"): _("An e-mail, answered."),
        ("email", "no_answer"): _("An e-mail, no answer yet."),
    }
    key = (tale.data["channel"], tale.data["result"])
    return sentences.get(key) or _("The number or address turned out to be wrong.")


@tells("referral.meeting_set")
def meeting_set(tale: Tale) -> str:
    """When."""
    at = datetime.fromisoformat(tale.data["meeting_at"])
    when = f"{fmt.weekday(at)}, {fmt.clock(at)}"
    if tale.data.get("moved"):
        return _("Meeting moved to %(when)s.") % {"when": when}
    return _("Meeting arranged for %(when)s.") % {"when": when}


@tells("referral.meeting_held")
def meeting_held(tale: Tale) -> str:
    """It took place."""
    return _("The meeting took place.")


@tells("referral.meeting_confirmed")
def meeting_confirmed(tale: Tale) -> str:
    """Someone else's word."""
    if tale.event.by_id is None:
        return _("The meeting was confirmed by the friend's own link.")
    if tale.mine:
        return _("Meeting confirmed by you.")
    if tale.by is None:
        return _("The meeting was confirmed by the branch.")
    return _("%(who)s confirms the meeting.") % {"who": tale.by.first_name}


@tells("referral.no_show")
def no_show(tale: Tale) -> str:
    """Nobody is to blame, no figure goes down."""
    return _("The meeting did not come about. It takes nothing away from you.")


@tells("referral.won")
def won(tale: Tale) -> str:
    """The friend bought."""
    return _("The friend became a client.")


@tells("referral.lost")
def lost(tale: Tale) -> str:
    """A quiet end."""
    reason = str(LOST.get(tale.data.get("reason", ""), ""))
    if not reason:
        return _("Ended.")
    return _("Ended: %(reason)s.") % {"reason": reason[:1].lower() + reason[1:]}


@tells("referral.next_step")
def next_step(tale: Tale) -> str:
    """What and when."""
    step = str(STEPS[tale.data["step"]])
    return _("Next step: %(step)s, %(day)s.") % {
        "step": step[:1].lower() + step[1:],
        "day": fmt.day(date.fromisoformat(tale.data["on"])),
    }
