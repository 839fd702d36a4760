"""Signed receipts of captures and claims, and who holds the day's roots outside the house."""

from django.db import models

from polecam.people.models import Person
from polecam.store.fields import public_id
from polecam.store.triggers import guard


class ReceiptKind(models.TextChoices):
    """What a receipt is for."""

    CAPTURE = "capture"
    CLAIM = "claim"


class Receipt(models.Model):
    """What a seller holds in the hand: number, time, salted commitment, previous seal; no names.

    `subject`: public id of the referral or claim; no foreign key, so that it outlives erasure.
    `event_id`: the journal event whose leaf goes into the day's Merkle tree. `commitment`: hex
    SHA-256 over the subject's ids and `salt`; erasing a person clears the salt, the receipt still
    verifies. `signature`: Ed25519 over the canonical receipt, by the key `key_id`.
    """

    public_id = public_id()
    number = models.PositiveBigIntegerField(unique=True)
    kind = models.CharField(max_length=8, choices=ReceiptKind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    referral = models.CharField(max_length=15)
    subject = models.CharField(max_length=15)
    event_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64, blank=True)
    commitment = models.CharField(max_length=64)
    salt = models.CharField(max_length=32, blank=True)
    key_id = models.CharField(max_length=16)
    signature = models.CharField(max_length=88)

    DATA = {
        "public_id": "id",
        "number": "number",
        "kind": "enum",
        "person": "id",
        "referral": "id",
        "subject": "id",
        "event_id": "id",
        "at": "date",
        "previous": "id",
        "commitment": "id",
        "salt": "secret",
        "key_id": "id",
        "signature": "id",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="receipt_once_per_subject"),
            models.CheckConstraint(
                condition=models.Q(kind__in=ReceiptKind.values), name="receipt_kind"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "at"], name="receipt_person"),
            models.Index(fields=["referral"], name="receipt_referral"),
        ]


guard(
    "claims_receipt",
    "claims_receipt_kept",
    "UPDATE",
    when="NEW.number <> OLD.number OR NEW.at <> OLD.at OR NEW.commitment <> OLD.commitment"
    " OR NEW.signature <> OLD.signature OR NEW.previous <> OLD.previous"
    " OR NEW.person_id <> OLD.person_id OR NEW.subject <> OLD.subject",
)
guard("claims_receipt", "claims_receipt_stays", "DELETE")


class RootHolder(models.Model):
    """Someone who gets each day's root by mail and keeps it outside the house."""

    public_id = public_id()
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="pl")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    sent_through = models.DateField(null=True)

    DATA = {
        "public_id": "id",
        "person": "id",
        "email": "personal",
        "language": "enum",
        "since": "date",
        "until": "date",
        "sent_through": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(until=None, person__isnull=False),
                name="root_holder_once",
            )
        ]
