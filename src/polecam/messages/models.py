"""Messages to friends and colleagues, and what became of them."""

from django.db import models

from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.store.fields import Sealed, SealedField, public_id


class Medium(models.TextChoices):
    """How a message travels."""

    EMAIL = "email"
    SMS = "sms"


class Message(models.Model):
    """One message, made by the worker from a journal event (`event_id`), at most once a kind."""

    public_id = public_id()
    kind = models.CharField(max_length=30)
    medium = models.CharField(max_length=5, choices=Medium.choices)
    event_id = models.BigIntegerField(null=True)
    party = models.ForeignKey(Party, null=True, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE)
    language = models.CharField(max_length=2, default="pl")
    to_sealed = SealedField()
    subject = models.CharField(max_length=150, blank=True)
    body_sealed = SealedField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    to = Sealed("to_sealed")
    body = Sealed("body_sealed")

    DATA = {
        "public_id": "id",
        "kind": "enum",
        "medium": "enum",
        "event_id": "id",
        "party": "id",
        "person": "id",
        "language": "enum",
        "to_sealed": "contact",
        "subject": "text",
        "body_sealed": "contact",
        "created_at": "date",
        "sent_at": "date",
        "failed_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event_id", "kind", "medium"],
                condition=models.Q(event_id__isnull=False),
                name="message_once_per_event",
            )
        ]
        indexes = [models.Index(fields=["created_at"], name="message_created")]
