"""Disputes that wait for a word: a decision, a statement, an answer to a decision."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from polecam.claims.models import Dispute, DisputeParty, DisputeState
from polecam.people.models import Person
from polecam.web.ui import dispute_labels as labels
from polecam.web.ui.waits import Wait

DECIDING = (DisputeState.OPEN, DisputeState.APPEALED)


def waits(person: Person, at: datetime) -> list[Wait]:
    """Calm, without who is on the other side. One query: many rooms ask on the same page."""
    unsaid = Q(stated_at=None, dispute__state__in=DECIDING) & ~Q(dispute__raised_by=person)
    unanswered = Q(accepted_at=None, dispute__state=DisputeState.DECIDED, dispute__due_at__gt=at)
    mine = DisputeParty.objects.filter(unsaid | unanswered, person=person).values("dispute")
    found = Dispute.objects.filter(Q(decider=person, state__in=DECIDING) | Q(pk__in=mine)).order_by(
        "due_at"
    )
    return [
        _decide(dispute)
        if dispute.decider_id == person.pk and dispute.state in DECIDING
        else _answer(dispute)
        for dispute in found
    ]


def _decide(dispute: Dispute) -> Wait:
    return Wait(
        _("A question waits for your decision."),
        str(labels.REASONS[dispute.reason]),
        _address(dispute),
        "scale",
        "honey" if dispute.reminded_at else "chaber",
        dispute.due_at,
    )


def _answer(dispute: Dispute) -> Wait:
    if dispute.state == DisputeState.DECIDED:
        said = _("Decided. Is it fine for you?")
    else:
        said = _("Something does not add up for a colleague. How do you see it?")
    return Wait(said, str(labels.REASONS[dispute.reason]), _address(dispute), "scale", "chaber",
                dispute.due_at)  # fmt: skip


def _address(dispute: Dispute) -> str:
    return reverse("disputes:one", args=[dispute.public_id])
