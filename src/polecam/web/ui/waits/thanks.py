"""Clients to thank by today, and (whoever decides) rewards that wait; one calm line for each."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.people.models import Person
from polecam.thanks import queries
from polecam.web.ui import format as fmt
from polecam.web.ui.waits import Wait


def waits(person: Person, at: datetime) -> list[Wait]:
    """One query for all of it; no hurry is made."""
    found = queries.attention(person, fmt.as_day(at))
    rows = []
    if found.thanks:
        title = ngettext("%(n)s client to thank", "%(n)s clients to thank", found.thanks) % {
            "n": found.thanks
        }
        rows.append(_wait(title, _("words are ready, one tap closes the loop"), "thanks:list"))
    if found.decide:
        title = ngettext(
            "%(n)s client reward to decide", "%(n)s client rewards to decide", found.decide
        ) % {"n": found.decide}
        rows.append(
            _wait(title, _("somebody other than the seller says yes or no"), "rewards:list")
        )
    if found.hand_over:
        title = ngettext(
            "%(n)s client reward to hand over",
            "%(n)s client rewards to hand over",
            found.hand_over,
        ) % {"n": found.hand_over}
        rows.append(_wait(title, _("approved, not given yet"), "rewards:list"))
    return rows


def _wait(title: str, sub: str, place: str) -> Wait:
    icon = "heart" if place == "thanks:list" else "gift"
    return Wait(title=title, sub=sub, url=reverse(place), icon=icon, tone="honey")
