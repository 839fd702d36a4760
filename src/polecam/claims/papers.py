"""Receipts as they are kept: whose they are, their text, their proof; who keeps the roots."""

import base64
from datetime import date

from django.db.models import QuerySet

from polecam.claims.models import Receipt, RootHolder
from polecam.claims.slip import Opening, Paper, Proof, Slip
from polecam.journal.models import Seal
from polecam.journal.seals import inclusion_of
from polecam.kit.periods import day_bounds
from polecam.organisation.settings import zone
from polecam.people.models import Person


def visible_to(person: Person) -> QuerySet[Receipt]:
    """A receipt is its seller's alone; newest first."""
    return Receipt.objects.filter(person=person).order_by("-number")


def of_referral(person: Person, referral: str) -> list[Receipt]:
    """The person's own receipts of one referral (public id), oldest first."""
    return list(visible_to(person).filter(referral=referral).order_by("number"))


def slip_of(receipt: Receipt) -> Slip:
    """The row as the value that was signed."""
    return Slip(
        kind=receipt.kind,
        number=receipt.number,
        at=receipt.at,
        previous=receipt.previous,
        commitment=receipt.commitment,
        key_id=receipt.key_id,
        signature=base64.b64decode(receipt.signature),
    )


def opening_of(receipt: Receipt, person: str) -> Opening | None:
    """What the commitment was made of (`person`: a public id); None once the salt was erased."""
    if not receipt.salt:
        return None
    return Opening(receipt.salt, person, receipt.referral, receipt.subject)


def proof_of(receipt: Receipt) -> Proof | None:
    """That the receipt lies under its day's root; None while that day is not sealed."""
    found = inclusion_of(receipt.event_id) if receipt.event_id else None
    return Proof(found.day, found.event, found.index, found.size, found.path) if found else None


def whole(receipt: Receipt, holder: Person) -> Paper:
    """Receipt, proof and opening, as far as they exist: for its holder."""
    opening = opening_of(receipt, holder.public_id)
    return Paper(slip_of(receipt), proof_of(receipt), opening)


def kept(slip: Slip) -> Receipt | None:
    """The row of a receipt that somebody holds; None when the house has no such receipt."""
    receipt = Receipt.objects.filter(number=slip.number).first()
    return receipt if receipt and slip_of(receipt) == slip else None


def house_root(day: date) -> str:
    """What the house itself says the root of a day is; empty when it has none."""
    return Seal.objects.filter(day=day).values_list("root", flat=True).first() or ""


# --- who keeps the roots --------------------------------------------------------------------------


def keepers() -> QuerySet[RootHolder]:
    """Everyone who gets the roots by mail now."""
    return RootHolder.objects.filter(until=None).order_by("id")


def outside_keepers() -> QuerySet[RootHolder]:
    """Those of them who do not work here: addresses the admin added."""
    return keepers().filter(person=None)


def keeps_roots(person: Person) -> bool:
    """Whether the person gets each day's root by mail."""
    return keepers().filter(person=person).exists()


def holding(day: date) -> int:
    """How many people outside the database hold the root of `day`: of the day they began, and of
    every day since that was mailed."""
    sent = RootHolder.objects.filter(sent_through__gte=day, since__lt=day_bounds(day, zone())[1])
    people = sent.exclude(person=None).values("person").distinct().count()
    return people + sent.filter(person=None).count()
