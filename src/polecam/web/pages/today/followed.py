"""What stands on Today besides suggestions: follow-ups, planned steps, reasons to skip."""

from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from polecam.asking.models import FollowUp
from polecam.asking.rules import SkipReason
from polecam.clients.models import Client
from polecam.insights import wording
from polecam.insights.today import Today
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.web.pages.today import cards, why
from polecam.web.ui import format as fmt
from polecam.web.ui.referral_labels import STEPS


@dataclass(frozen=True, slots=True)
class Return:
    """A client who named today, or a day before it."""

    client: Client
    name: str
    sub: str
    said: cards.Said | None
    key: str
    for_reference: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """A step the person planned with a friend."""

    name: str
    text: str
    url: str


def follow_up(person: Person, row: FollowUp, page: Today) -> Return:
    """The client asked to come back to it; the date is theirs. Words are for a recommendation."""
    client, about = row.ask.client, row.ask.for_reference
    words = wording.again(person, row, page.scripts, today=page.day, fair=page.fair)
    asked = {
        "f": pgettext("said of a woman", "asked you to come back to it, %(day)s"),
        "m": pgettext("said of a man", "asked you to come back to it, %(day)s"),
        "n": pgettext("said of a person", "asked you to come back to it, %(day)s"),
    }[why.form_of(client.party)]
    return Return(
        client=client,
        name=client.party.full_name,
        sub=asked % {"day": fmt.near(row.due_on, reference=page.day)},
        said=None if about else cards.said(person, client, words, 1),
        key=cards.new_key(),
        for_reference=about,
    )


def step(row: Referral, today: date) -> Planned:
    """What was planned with this friend, and when."""
    when = fmt.near(row.next_step_at, reference=today) if row.next_step_at else ""
    try:
        url = reverse("referrals:detail", args=[row.public_id])
    except NoReverseMatch:
        url = ""
    name = row.party.first_name if row.party else ""
    return Planned(name, f"{STEPS.get(row.next_step, row.next_step)}, {when}", url)


def reasons() -> list[tuple[str, str]]:
    """Reasons to skip, each as good as the other."""
    return [
        (SkipReason.WRONG_MOMENT, _("Not a good moment for them")),
        (SkipReason.IN_A_HURRY, _("The client is in a hurry")),
        (SkipReason.NOT_COMFORTABLE, _("I do not feel right about it")),
        (SkipReason.OTHER, _("Something else")),
    ]


def skipped(reason: str) -> str:
    """A calm word after a skip; deciding not to ask is a good decision too."""
    return {
        SkipReason.WRONG_MOMENT: _(
            "Good eye. This name will be back in two weeks at the earliest."
        ),
        SkipReason.IN_A_HURRY: _("Right. This name will be back tomorrow at the earliest."),
        SkipReason.NOT_COMFORTABLE: _("That is a good decision too. Nobody sees it."),
        SkipReason.OTHER: _("Put aside. This name will be back in a week at the earliest."),
    }[SkipReason(reason)]
