"""The answers of friends and exclusivity in sentences, without a name."""

from datetime import datetime

from django.utils.translation import gettext as _

from polecam.web.ui import format as fmt
from polecam.web.ui.sentences import Tale, tells

CHANNELS = {
    "phone": lambda: _("a call"),
    "sms": lambda: _("a text message"),
    "email": lambda: _("an e-mail"),
    "visit": lambda: _("a visit"),
}


def _channel(tale: Tale) -> str:
    return CHANNELS[tale.data["channel"]]()


def _day(tale: Tale, key: str) -> str:
    return fmt.day(datetime.fromisoformat(tale.data[key]))


@tells("consent.given")
def consent_given(tale: Tale) -> str:
    """Not yet confirmed."""
    if tale.data.get("held"):
        return _("The answer came from an employee's own browser: a person looks at it first.")
    return _("The friend agreed to %(channel)s; it waits for confirmation.") % {
        "channel": _channel(tale)
    }


@tells("consent.confirmed")
def consent_confirmed(tale: Tale) -> str:
    """The link came back."""
    if tale.data.get("held"):
        return _("The answer came from an employee's own browser: a person looks at it first.")
    return _("The friend confirmed the consent to %(channel)s.") % {"channel": _channel(tale)}


@tells("consent.withdrawn")
def consent_withdrawn(tale: Tale) -> str:
    """Taken back."""
    return _("The friend withdrew the consent to %(channel)s.") % {"channel": _channel(tale)}


@tells("consent.declined")
def consent_declined(tale: Tale) -> str:
    """A no is fine."""
    return _("The friend said: no, thank you. The name was erased.")


@tells("objection.recorded", "referral.objected")
def objection(tale: Tale) -> str:
    """Never again."""
    return _("The friend objected. Everything stopped and the data were erased.")


@tells("referral.consented")
def referral_consented(tale: Tale) -> str:
    """From here on there is someone to talk to."""
    return _("The friend wants to talk.")


@tells("referral.second")
def referral_second(tale: Tale) -> str:
    """Told blindly."""
    return _("This person was already recommended, by a colleague. Your authorship stays.")


@tells("referral.expired")
def referral_expired(tale: Tale) -> str:
    """No personal data."""
    return _("The time of the referral was over; the friend's data were erased.")


@tells("invitation.expired")
def invitation_expired(tale: Tale) -> str:
    """The link shows no names any more."""
    return _("The invitation expired. A late “yes” still works and keeps your authorship.")


@tells("claim.made")
def claim_made(tale: Tale) -> str:
    """Exclusivity."""
    return _("Exclusivity began; it lasts until %(day)s.") % {"day": _day(tale, "until")}


@tells("claim.extended")
def claim_extended(tale: Tale) -> str:
    """A talk secures more days."""
    return _("Exclusivity now lasts until %(day)s.") % {"day": _day(tale, "until")}


@tells("claim.ended")
def claim_ended(tale: Tale) -> str:
    """Whatever the reason."""
    return _("Exclusivity ended.")


@tells("party.erased")
def party_erased(tale: Tale) -> str:
    """Without a name."""
    return _("A person was erased.")


@tells("party.exported")
def party_exported(tale: Tale) -> str:
    """GDPR 15."""
    return _("A person's data were handed out.")


@tells("party.viewed")
def party_viewed(tale: Tale) -> str:
    """The officer looked."""
    return _("The data protection officer opened a person's page.")
