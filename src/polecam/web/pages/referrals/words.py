"""Names of groups, and sentences that are the same on the list and on one referral's page."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polecam.insights import pipeline
from polecam.kit import polish
from polecam.web.ui import format as fmt
from polecam.web.ui.referral_labels import Labels

GROUPS: Labels = {
    pipeline.WAITING: gettext_lazy("Waiting for consent"),
    pipeline.CONTACT: gettext_lazy("To contact"),
    pipeline.MEETING: gettext_lazy("Meeting"),
    pipeline.EARLIER: gettext_lazy("Sold earlier"),
    pipeline.ENDED: gettext_lazy("Ended"),
}
SHOWS: Labels = {
    pipeline.ALL: gettext_lazy("All"),
    pipeline.MOVE: gettext_lazy("Your move"),
    pipeline.WAITING: gettext_lazy("Waiting for consent"),
    pipeline.CONTACT: gettext_lazy("To contact"),
    pipeline.MEETING: gettext_lazy("Meetings"),
    pipeline.SOLD: gettext_lazy("Sold this month"),
    pipeline.EARLIER: gettext_lazy("Sold earlier"),
    pipeline.ENDED: gettext_lazy("Ended"),
}


def from_whom(name: str, form: str | None) -> str:
    """`od Anny Kowalczyk`, `from Anna Kowalczyk`."""
    if fmt.language() == "en":
        return f"from {name}"
    return polish.from_whom(name, form)


def by_time(time: str) -> str:
    """`9:00–12:00` for the friend's choice `9-12`; anything else as it is."""
    start, _dash, end = time.partition("-")
    if start.isdigit() and end.isdigit():
        return f"{start}:00–{end}:00"
    return time


def planned(step: str, due: datetime | None, today: date) -> str:
    """The next step with its day: `Zadzwoń dziś`, `decyzja do 30 lis`."""
    on = fmt.near(due, reference=today) if due else ""
    sentences = {
        "call": _("Call %(day)s"),
        "email": _("Write %(day)s"),
        "offer": _("Prepare the offer for %(day)s"),
        "documents": _("gathers documents until %(day)s"),
        "decision": _("thinks it over until %(day)s"),
    }
    return fmt.tie(sentences[step] % {"day": on}).strip()


def preferred(channel: str, day: date | None, time: str, today: date) -> str:
    """What the friend asked for: `Zadzwoń dziś po 16:00`, `woli e-mail`."""
    when = " ".join(
        part for part in (fmt.near(day, reference=today) if day else "", by_time(time)) if part
    )
    if channel == "phone":
        return fmt.tie((_("Call %(day)s") % {"day": when}).strip())
    sentences = {
        "sms": _("prefers an SMS"),
        "email": _("prefers e-mail"),
        "visit": _("wants to come to the branch"),
    }
    said = sentences.get(channel, _("agreed to be contacted"))
    return fmt.tie(f"{said}, {when}" if when else said)


def of_whom(name: str) -> str:
    """`Wojciecha Pawlaka` where Polish wants the genitive; English as it is."""
    return name if fmt.language() == "en" else polish.genitive(name)
