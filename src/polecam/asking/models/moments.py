"""Moments: something dated that makes asking right or wrong."""

from django.db import models

from polecam.clients.models import Client
from polecam.people.models import Person
from polecam.store.fields import public_id


class MomentKind(models.TextChoices):
    """Kinds that the house itself speaks of; all others are known to the catalogue alone."""

    PRAISE = "praise"
    HIGH_RATING = "high_rating"
    PROBLEM_SOLVED = "problem_solved"
    KEYS = "keys"
    SAVING = "saving"
    RENEWAL = "renewal"
    ALSO_DO = "also_do"
    SOMEONE_IN_NEED = "someone_in_need"
    FRIEND_SUCCEEDED = "friend_succeeded"
    GO_LIVE = "go_live"
    DELIVERED = "delivered"
    ANNIVERSARY = "anniversary"
    CONVERSATION = "conversation"
    COMPLAINT = "complaint"
    DECISION_PENDING = "decision_pending"
    BEFORE_VALUE = "before_value"
    ARREARS = "arrears"
    NOT_NOW = "not_now"


class MomentSource(models.TextChoices):
    """How the house learned of a moment."""

    TAPS = "taps"
    IMPORT = "import"
    SURVEY = "survey"
    WEBHOOK = "webhook"
    EMAIL = "email"
    DATE = "date"
    HOUSE = "house"


class Moment(models.Model):
    """A good or wrong moment of a client, on a day; a wrong one lasts until `until` or closing.

    `wrong` is what the catalogue said when it was noted. `source_key`: what makes one telling of
    another system, or one date of a rule, heard once.
    """

    public_id = public_id()
    client = models.ForeignKey(Client, on_delete=models.CASCADE)
    kind = models.CharField(max_length=20)
    wrong = models.BooleanField(default=False)
    source = models.CharField(max_length=8, choices=MomentSource.choices, default=MomentSource.TAPS)
    source_key = models.CharField(max_length=64, blank=True)
    on = models.DateField()
    until = models.DateField(null=True)
    rating = models.PositiveSmallIntegerField(null=True)
    appointment_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=140, blank=True)
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    noted_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "client": "id",
        "kind": "enum",
        "wrong": "enum",
        "source": "enum",
        "source_key": "id",
        "on": "personal",
        "until": "personal",
        "rating": "personal",
        "appointment_at": "personal",
        "note": "personal",
        "noted_by": "id",
        "noted_at": "date",
        "closed_at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source__in=MomentSource.values), name="moment_source"
            ),
            models.UniqueConstraint(
                fields=["source_key"],
                condition=~models.Q(source_key=""),
                name="moment_told_once",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "on"], name="moment_client"),
            models.Index(
                fields=["on"], name="moment_open_on", condition=models.Q(closed_at__isnull=True)
            ),
        ]
