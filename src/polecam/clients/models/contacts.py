"""What a client agreed to for themselves, and how often the house has written to them."""

from django.db import models

from polecam.clients.models.clients import Client
from polecam.people.models import Person
from polecam.privacy.models import Wording
from polecam.store.fields import public_id


class ClientChannel(models.TextChoices):
    """A way the house may write to a client by itself."""

    EMAIL = "email"
    SMS = "sms"


class ClientPurpose(models.TextChoices):
    """What for; each is agreed to on its own."""

    SURVEY = "survey"
    THANKS = "thanks"


class ClientConsent(models.Model):
    """A client agreed that the house writes to them, by one channel, for one purpose.

    Given on their own page under `wording`, or told by the firm's core system (`source` import,
    no wording of ours). What was given never changes; `withdrawn_at` is set once.
    """

    public_id = public_id()
    client = models.ForeignKey(Client, on_delete=models.CASCADE)
    channel = models.CharField(max_length=5, choices=ClientChannel.choices)
    purpose = models.CharField(max_length=6, choices=ClientPurpose.choices)
    wording = models.ForeignKey(Wording, null=True, on_delete=models.PROTECT)
    source = models.CharField(max_length=8)
    given_at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    withdrawn_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "client": "id",
        "channel": "enum",
        "purpose": "enum",
        "wording": "id",
        "source": "enum",
        "given_at": "date",
        "noted_by": "id",
        "withdrawn_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "channel", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="client_consent_once",
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=ClientChannel.values),
                name="client_consent_channel",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose__in=ClientPurpose.values),
                name="client_consent_purpose",
            ),
        ]


class TouchKind(models.TextChoices):
    """Why the house turned to a client without asking for anything."""

    SURVEY = "survey"
    PULSE = "pulse"
    THANKS = "thanks"


class Touch(models.Model):
    """One survey, pulse or thank-you that reached a client: they share one contact limit."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE)
    kind = models.CharField(max_length=6, choices=TouchKind.choices)
    at = models.DateTimeField()

    DATA = {"client": "id", "kind": "enum", "at": "date"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=TouchKind.values), name="touch_kind")
        ]
        indexes = [models.Index(fields=["client", "at"], name="touch_client")]
