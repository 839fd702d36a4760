"""Messages to friends, clients and colleagues, their templates, and what became of them."""

from django.db import models

from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.store.fields import Sealed, SealedField, public_id


class Medium(models.TextChoices):
    """How a message travels."""

    EMAIL = "email"
    SMS = "sms"


class MessageState(models.TextChoices):
    """Where a message is. `unsure`: handed over, but whether it went is not known: never resent."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    FAILED = "failed"
    UNSURE = "unsure"
    DROPPED = "dropped"


class Message(models.Model):
    """One message, made by the worker from a journal event (`event_id`), at most once a kind.

    It waits for `next_try_at` (quiet hours, a retry), is leased while it is sent, and keeps the
    gateway's own id for what is told of it later. `handed_at` is written just before it is handed
    over: a process that dies after that leaves the message unsure. `sent_at`: it left this house.
    `basis` is the public id of the consent on which a message to somebody outside rests; without
    one the database takes no message to them. After `good_until` it would only puzzle.
    `out_sealed`: a client's own link out, for the mail programme's unsubscribe button.
    """

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
    out_sealed = SealedField(blank=True, default="")
    basis = models.CharField(max_length=15, blank=True, default="")
    created_at = models.DateTimeField()
    good_until = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=9, choices=MessageState.choices, default=MessageState.WAITING
    )
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    gateway_id = models.CharField(max_length=80, blank=True)
    trouble = models.CharField(max_length=40, blank=True)
    delivered_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    to = Sealed("to_sealed")
    body = Sealed("body_sealed")
    out = Sealed("out_sealed")

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
        "out_sealed": "contact",
        "basis": "id",
        "created_at": "date",
        "good_until": "date",
        "state": "enum",
        "tries": "number",
        "next_try_at": "date",
        "leased_until": "date",
        "handed_at": "date",
        "gateway_id": "id",
        "trouble": "enum",
        "delivered_at": "date",
        "sent_at": "date",
        "failed_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event_id", "kind", "medium"],
                condition=models.Q(event_id__isnull=False),
                name="message_once_per_event",
            ),
            models.CheckConstraint(
                condition=models.Q(party=None) | ~models.Q(basis=""),
                name="message_outside_rests_on_consent",
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], name="message_created"),
            models.Index(
                fields=["next_try_at"],
                name="message_waiting",
                condition=models.Q(state__in=["waiting", "sending"]),
            ),
            models.Index(
                fields=["gateway_id"],
                name="message_gateway",
                condition=~models.Q(gateway_id=""),
            ),
        ]


class Template(models.Model):
    """The firm's own words for one kind of message; the house's stand where there are none.

    A change is a new version; the newest one that is not ended counts.
    """

    public_id = public_id()
    code = models.CharField(max_length=30)
    medium = models.CharField(max_length=5, choices=Medium.choices)
    language = models.CharField(max_length=2)
    version = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=150, blank=True)
    body = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    written_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "code": "enum",
        "medium": "enum",
        "language": "enum",
        "version": "number",
        "subject": "text",
        "body": "text",
        "written_by": "id",
        "written_at": "date",
        "ended_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "medium", "language", "version"], name="template_version_once"
            )
        ]


class Bounce(models.Model):
    """A number or address that does not exist any more (blind index): nothing is sent there."""

    medium = models.CharField(max_length=5, choices=Medium.choices)
    index = models.CharField(max_length=40)
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    DATA = {"medium": "enum", "index": "id", "at": "date", "lifted_at": "date"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["medium", "index"],
                condition=models.Q(lifted_at=None),
                name="bounce_once",
            )
        ]
