"""Moments, asks and their answers, words to say, and when a client may be asked again."""

from django.db import models

from polecam.clients.models import Client
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.store.fields import public_id


class MomentKind(models.TextChoices):
    """Something dated that makes asking right or wrong (evidence.md)."""

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


GOOD_MOMENTS = frozenset(
    kind
    for kind in MomentKind.values
    if kind not in {"complaint", "decision_pending", "before_value", "arrears", "not_now"}
)
WRONG_MOMENTS = frozenset(MomentKind.values) - GOOD_MOMENTS


class Moment(models.Model):
    """A good or wrong moment of a client, on a day; a wrong one lasts until `until` or closing."""

    public_id = public_id()
    client = models.ForeignKey(Client, on_delete=models.CASCADE)
    kind = models.CharField(max_length=20, choices=MomentKind.choices)
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
                condition=models.Q(kind__in=MomentKind.values), name="moment_kind"
            )
        ]
        indexes = [
            models.Index(fields=["client", "on"], name="moment_client"),
            models.Index(
                fields=["on"], name="moment_open_on", condition=models.Q(closed_at__isnull=True)
            ),
        ]


class Outcome(models.TextChoices):
    """What became of an ask."""

    OPEN = "open"
    NAMES = "names"
    PASS_ON = "pass_on"
    LATER = "later"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"


class Ask(models.Model):
    """One time one seller asked one client. The answer is read by its asker alone."""

    public_id = public_id()
    client = models.ForeignKey(Client, on_delete=models.PROTECT)
    seller = models.ForeignKey(Person, on_delete=models.PROTECT)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    for_reference = models.BooleanField(default=False)
    moment = models.ForeignKey(Moment, null=True, on_delete=models.SET_NULL)
    moment_kind = models.CharField(max_length=20, blank=True)
    script_code = models.CharField(max_length=40, blank=True)
    script_version = models.PositiveSmallIntegerField(null=True)
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


class Script(models.Model):
    """Versioned words for an ask, with an exit line; `seller` null = the house's own words."""

    public_id = public_id()
    code = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2)
    seller = models.ForeignKey(Person, null=True, on_delete=models.CASCADE)
    moment_kind = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=240)
    exit_line = models.CharField(max_length=160)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "code": "enum",
        "version": "number",
        "language": "enum",
        "seller": "id",
        "moment_kind": "enum",
        "text": "text",
        "exit_line": "text",
        "created_at": "date",
        "retired_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version", "language"],
                condition=models.Q(seller__isnull=True),
                name="script_version_once",
            ),
            models.UniqueConstraint(
                fields=["seller", "code", "version", "language"],
                condition=models.Q(seller__isnull=False),
                name="own_script_version_once",
            ),
        ]


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
