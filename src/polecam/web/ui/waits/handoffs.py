"""A colleague offers a referral, or the boss proposes to hand one on: it waits for a yes or no."""

from datetime import datetime

from django.urls import reverse

from polecam.claims.handoffs.queries import waiting_for
from polecam.claims.models import Handoff
from polecam.people.models import Person
from polecam.web.ui.handoff_words import about, became
from polecam.web.ui.waits import Wait


def waits(person: Person, at: datetime) -> list[Wait]:
    """One for each hand-off the person may answer."""
    return [_wait(handoff, person) for handoff in waiting_for(person, at=at)]


def _wait(handoff: Handoff, reader: Person) -> Wait:
    return Wait(
        title=became(handoff, reader),
        sub=about(handoff, reader),
        url=reverse("handoffs:one", args=[handoff.public_id]),
        icon="handshake",
        due_at=handoff.expires_at,
    )
