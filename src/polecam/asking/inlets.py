"""Whose inlets an admin sees, and which one an address opens."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from polecam.asking.models import Inlet, InletKind
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.store.crypto import same


def visible_to(person: Person) -> QuerySet[Inlet]:
    """Inlets of the branches where the person manages them, and those of the whole firm."""
    branches = standing(person).branches(Permission.MANAGE_INLETS)
    if not branches:
        return Inlet.objects.none()
    own = Inlet.objects.filter(Q(branch_id__in=branches) | Q(branch=None))
    return own.select_related("branch").order_by("-made_at", "-id")


def webhook(public_id: str) -> Inlet | None:
    """An open webhook by its address."""
    return Inlet.objects.filter(public_id=public_id, kind=InletKind.WEBHOOK, closed_at=None).first()


def mailbox(tokens: Iterable[str]) -> Inlet | None:
    """The open e-mail inlet that one of these tokens opens; compared in constant time."""
    given = list(tokens)
    found = None
    for inlet in Inlet.objects.filter(kind=InletKind.EMAIL, closed_at=None):
        if any([same(inlet.secret, token) for token in given]):  # noqa: C419 - no short cut
            found = inlet
    return found
