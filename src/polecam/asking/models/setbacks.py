"""What went badly: a seller's private notebook, and what is to be put right with a client."""

from django.db import models

from polecam.asking.models.moments import Moment
from polecam.clients.models import Client
from polecam.people.models import Person
from polecam.store.fields import Sealed, SealedField, public_id


class Setback(models.Model):
    """A private page of a seller's notebook: what went badly, and an if-then plan. Sealed.

    Nobody but its seller reads it, whatever their role (invariant 21); no figure comes from it.
    """

    public_id = public_id()
    seller = models.ForeignKey(Person, on_delete=models.CASCADE)
    kind = models.CharField(max_length=12)
    what_sealed = SealedField(blank=True)
    if_sealed = SealedField(blank=True)
    then_sealed = SealedField(blank=True)
    noted_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    what = Sealed("what_sealed")
    when_next = Sealed("if_sealed")
    then_do = Sealed("then_sealed")

    DATA = {
        "public_id": "id",
        "seller": "id",
        "kind": "enum",
        "what_sealed": "secret",
        "if_sealed": "secret",
        "then_sealed": "secret",
        "noted_at": "date",
        "closed_at": "date",
    }

    class Meta:
        indexes = [models.Index(fields=["seller", "noted_at"], name="setback_seller")]


class RepairReason(models.TextChoices):
    """How a client reacted badly."""

    ANNOYED = "annoyed"
    FRIEND_COMPLAINED = "friend_upset"
    TOO_OFTEN = "too_often"
    LOW_RATING = "low_rating"
    OTHER = "other"


class Repair(models.Model):
    """A client reacted badly: one thing to put right, for the owner, and no ask until then."""

    public_id = public_id()
    client = models.ForeignKey(Client, on_delete=models.CASCADE)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT)
    reason = models.CharField(max_length=12, choices=RepairReason.choices)
    moment = models.ForeignKey(Moment, null=True, on_delete=models.SET_NULL)
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "client": "id",
        "owner": "id",
        "reason": "enum",
        "moment": "id",
        "opened_at": "date",
        "due_on": "date",
        "done_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=models.Q(done_at=None), name="one_open_repair"
            )
        ]
        indexes = [models.Index(fields=["owner", "done_at"], name="repair_owner")]
