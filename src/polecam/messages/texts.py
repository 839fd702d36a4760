"""What the messages to a friend say, in the friend's language; each carries the friend's link."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.utils.translation import gettext as _

CONFIRM, CONFIRMED, MEETING, NEAR = "confirm", "confirmed", "meeting", "near"
HANDOFF = "handoff"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text may mention. `url`: the link to act on; `own`: the friend's own page; `when`: a
    day and an hour, as the text's language writes them."""

    firm: str
    seller: str
    own: str
    url: str = ""
    when: str = ""
    other: str = ""
    """Another adviser, whom the first one proposes."""


def spoken(at: datetime, language: str, zone: str) -> str:
    """A day and an hour: `środa, 25 listopada, 16:00`."""
    pattern = {"pl": "EEEE, d MMMM, HH:mm"}.get(language, "EEEE d MMMM, HH:mm")
    return str(format_datetime(at, pattern, tzinfo=ZoneInfo(zone), locale=language))


def vars_of(facts: Facts) -> dict[str, str]:
    """The placeholders of the texts."""
    return {
        "firm": facts.firm,
        "seller": facts.seller,
        "own": facts.own,
        "url": facts.url,
        "when": facts.when,
        "other": facts.other,
    }


def _sms_confirm() -> str:
    return _(
        "%(firm)s: confirm that %(seller)s may contact you: %(url)s Was it not you, or have you "
        "changed your mind? %(own)s"
    )


def _sms_confirmed() -> str:
    return _("%(firm)s: thank you, confirmed. Your data and withdrawal of consent: %(own)s")


def _sms_meeting() -> str:
    return _("%(firm)s: did you talk with %(seller)s? You can confirm it here: %(own)s")


def _sms_near() -> str:
    return _(
        "%(firm)s: %(seller)s will be there for you: %(when)s. Another time suits you better? Just "
        "answer %(seller)s. Your own page: %(own)s"
    )


def _sms_handoff() -> str:
    return _(
        "%(firm)s: %(seller)s proposes that %(other)s gets in touch instead. Yes or no, one tap: "
        "%(own)s"
    )


def _email_confirm() -> tuple[str, str]:
    return _("Confirm: %(seller)s may contact you"), _(
        "Good day,\n\n"
        "on the page of an invitation this address was given, so that %(seller)s from %(firm)s "
        "may get in touch. To confirm that it was you, open the link and press the button:\n\n"
        "%(url)s\n\n"
        "Without it nobody will write. Was it not you, or have you changed your mind? See what is "
        "stored, withdraw, object or have it erased here, in one step:\n\n"
        "%(own)s\n\n"
        "%(firm)s"
    )


def _email_confirmed() -> tuple[str, str]:
    return _("Confirmed, thank you"), _(
        "Good day,\n\n"
        "thank you for the confirmation. Only %(seller)s will get in touch, by the means and at "
        "the time you chose.\n\n"
        "Your own page, to see your data, withdraw consent or object, without a login:\n\n"
        "%(own)s\n\n"
        "%(firm)s"
    )


def _email_meeting() -> tuple[str, str]:
    return _("Did the talk take place?"), _(
        "Good day,\n\n"
        "%(seller)s noted that you talked. If so, you can confirm it on your own page; if not, "
        "there is nothing to do.\n\n"
        "%(own)s\n\n"
        "%(firm)s"
    )


def _email_near() -> tuple[str, str]:
    return _("A reminder: %(when)s"), _(
        "Good day,\n\n"
        "%(seller)s will be there for you: %(when)s. If another time suits you better, just answer "
        "%(seller)s; if you have changed your mind, one step on your own page is enough:\n\n"
        "%(own)s\n\n"
        "%(firm)s"
    )


def _email_handoff() -> tuple[str, str]:
    return _("May %(other)s get in touch instead?"), _(
        "Good day,\n\n"
        "%(seller)s proposes that %(other)s gets in touch instead. Yes or no is one tap on your "
        "own page:\n\n"
        "%(own)s\n\n"
        "Without your answer nothing changes: %(other)s will not see your contact.\n\n"
        "%(firm)s"
    )


SMS = {
    CONFIRM: _sms_confirm,
    CONFIRMED: _sms_confirmed,
    MEETING: _sms_meeting,
    NEAR: _sms_near,
    HANDOFF: _sms_handoff,
}
EMAIL = {
    CONFIRM: _email_confirm,
    CONFIRMED: _email_confirmed,
    MEETING: _email_meeting,
    NEAR: _email_near,
    HANDOFF: _email_handoff,
}
