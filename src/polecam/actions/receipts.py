"""The receipt of a capture or a claim: an inner step, called inside another action's transaction.

It is written as the last thing before the commit (docs/adr): numbers have no gaps, so whoever takes
one waits for whoever took the one before, and must hold no other lock that anybody waits for.
"""

import base64
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection

from polecam.claims import signing
from polecam.claims.models import Claim, Receipt, ReceiptKind
from polecam.claims.slip import SALT_BYTES, Opening, Slip, commitment, halves
from polecam.journal.record import record
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.store import tx
from polecam.store.faults import point

NUMBERS = "receipt-numbers"
WHERE_WE_ARE = (
    "SELECT (SELECT MAX(number) FROM claims_receipt),"
    " (SELECT digest FROM journal_seal ORDER BY day DESC LIMIT 1)"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One receipt to be written: for whom, about what, since when."""

    kind: str
    person: Person
    referral: str
    subject: str
    branch: int
    at: datetime


def for_capture(referral: Referral, *, at: datetime) -> None:
    """Whoever brought a referral gets a receipt of it."""
    tx.at_the_end(
        _issue,
        Wanted(
            kind=ReceiptKind.CAPTURE,
            person=referral.originator,
            referral=referral.public_id,
            subject=referral.public_id,
            branch=referral.branch_id,
            at=at,
        ),
    )


def for_claim(claim: Claim, referral: Referral, *, at: datetime) -> None:
    """Whoever begins to work a referral alone gets a receipt of it."""
    tx.at_the_end(
        _issue,
        Wanted(
            kind=ReceiptKind.CLAIM,
            person=claim.holder,
            referral=referral.public_id,
            subject=claim.public_id,
            branch=referral.branch_id,
            at=at,
        ),
    )


def _issue(wanted: list[Wanted]) -> None:
    tx.lock_keys([NUMBERS])
    with connection.cursor() as cursor:
        cursor.execute(WHERE_WE_ARE)
        last, previous = cursor.fetchone()
    number = last or 0
    made = []
    for item in wanted:
        number += 1
        made.append(_written(item, number, previous or ""))
    point("receipts.numbered")
    Receipt.objects.bulk_create(made)


def _written(item: Wanted, number: int, previous: str) -> Receipt:
    """One receipt, signed, and its event in the journal; the row is not saved yet."""
    salt = secrets.token_hex(SALT_BYTES)
    opening = Opening(salt, item.person.public_id, item.referral, item.subject)
    keys = signing.of_the_house()
    slip = Slip(
        kind=str(item.kind),
        number=number,
        at=item.at,
        previous=previous,
        commitment=commitment(str(item.kind), opening),
        key_id=keys.current,
    )
    slip = replace(slip, signature=keys.private.sign(slip.signed))
    receipt = Receipt(
        number=number,
        kind=item.kind,
        person=item.person,
        referral=item.referral,
        subject=item.subject,
        at=item.at,
        previous=previous,
        commitment=slip.commitment,
        salt=salt,
        key_id=keys.current,
        signature=base64.b64encode(slip.signature).decode(),
    )
    event = record(
        "receipt.issued",
        receipt,
        by=None,
        at=item.at,
        branch=item.branch,
        data={"number": number, "digest": halves(slip.digest)},
    )
    receipt.event_id = event.pk
    return receipt
