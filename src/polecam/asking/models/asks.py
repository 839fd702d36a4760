"""Asks and their answers, and what was put aside."""

from django.db import models

from polecam.asking.models.moments import Moment
from polecam.asking.models.words import AskChannel, Script
from polecam.clients.models import Client
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.store.fields import public_id


class Outcome(models.TextChoices):
    """What became of an ask. An ask for a reference is agreed to; nobody is named or passed on."""

    OPEN = "open"
    NAMES = "names"
    PASS_ON = "pass_on"
    AGREED = "agreed"
    LATER = "later"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"


class Ask(models.Model):
    """One time one seller asked one client. The answer is read by its asker alone.

    `script_own`: the words that were said were the seller's own. `drawn`: the sentence that chance
    put first, in the fair test of variants, whichever was said in the end.
    """

    public_id = public_id()
    client = models.ForeignKey(Client, on_delete=models.PROTECT)
    seller = models.ForeignKey(Person, on_delete=models.PROTECT)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    for_reference = models.BooleanField(default=False)
    moment = models.ForeignKey(Moment, null=True, on_delete=models.SET_NULL)
    moment_kind = models.CharField(max_length=20, blank=True)
    script_code = models.CharField(max_length=40, blank=True)
    script_version = models.PositiveSmallIntegerField(null=True)
    script_own = models.BooleanField(default=False)
    drawn = models.ForeignKey(
        Script, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    channel = models.CharField(max_length=8, choices=AskChannel.choices, blank=True)
    continues = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    answered_at = models.DateTimeField(null=True)
    inside_rest = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "client": "id",
        "seller": "id",
        "branch": "id",
        "for_reference": "enum",
        "moment": "id",
        "moment_kind": "enum",
        "script_code": "enum",
        "script_version": "number",
        "script_own": "enum",
        "drawn": "id",
        "channel": "enum",
        "continues": "id",
        "asked_at": "date",
        "outcome": "enum",
        "answered_at": "date",
        "inside_rest": "enum",
        "undone_at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="ask_outcome"
            )
        ]
        indexes = [
            models.Index(fields=["client", "asked_at"], name="ask_client"),
            models.Index(fields=["seller", "asked_at"], name="ask_seller"),
            models.Index(fields=["branch", "asked_at"], name="ask_branch"),
        ]


class FollowUp(models.Model):
    """'Later' opens exactly one follow-up on the client's date; it continues the same ask."""

    public_id = public_id()
    ask = models.OneToOneField(Ask, on_delete=models.CASCADE)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)

    DATA = {"public_id": "id", "ask": "id", "due_on": "date", "done_at": "date"}

    class Meta:
        indexes = [
            models.Index(
                fields=["due_on"],
                name="follow_up_due",
                condition=models.Q(done_at__isnull=True),
            )
        ]


class Skip(models.Model):
    """A suggestion the seller skipped; the client is not suggested again until `until`."""

    public_id = public_id()
    client = models.ForeignKey(Client, on_delete=models.CASCADE)
    seller = models.ForeignKey(Person, on_delete=models.PROTECT)
    reason = models.CharField(max_length=20)
    at = models.DateTimeField()
    until = models.DateField()

    DATA = {
        "public_id": "id",
        "client": "id",
        "seller": "id",
        "reason": "enum",
        "at": "date",
        "until": "date",
    }

    class Meta:
        indexes = [models.Index(fields=["seller", "until"], name="skip_seller")]


class MomentTally(models.Model):
    """Answers at a kind of moment, and how many were a yes, per seller and month of the answer.

    Kept by the actions, rebuildable. Read only through `asking.rates`, which lets out closed
    months of at least five sellers; no row of it is ever shown.
    """

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE)
    seller = models.ForeignKey(Person, on_delete=models.CASCADE)
    kind = models.CharField(max_length=20, blank=True)
    month = models.CharField(max_length=7)
    asks = models.IntegerField(default=0)
    yes = models.IntegerField(default=0)

    DATA = {
        "branch": "id",
        "seller": "id",
        "kind": "enum",
        "month": "date",
        "asks": "number",
        "yes": "number",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "month", "kind", "seller"], name="moment_tally_once"
            ),
            models.CheckConstraint(
                condition=models.Q(yes__gte=0) & models.Q(asks__gte=models.F("yes")),
                name="moment_tally_sane",
            ),
        ]
