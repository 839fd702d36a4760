"""The catalogue of moments, the dates that make them by themselves, and the doors they come by."""

from django.db import models

from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.store.fields import Sealed, SealedField, public_id


class MomentType(models.Model):
    """One kind of moment as the firm uses it: good or wrong, how strong, how long, its sentence.

    Installed from `asking.catalogue` for the firm's line of business and edited afterwards; `own`
    ones were made by the firm. `strength` 1-5 weighs good ones; `days`: how long a good one stays
    fresh, or a wrong one lasts by itself (null: until somebody closes it).
    """

    public_id = public_id()
    code = models.CharField(max_length=20, unique=True)
    good = models.BooleanField()
    strength = models.PositiveSmallIntegerField(default=3)
    days = models.PositiveSmallIntegerField(null=True)
    title_pl = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80)
    sentence_pl = models.CharField(max_length=200, blank=True)
    sentence_en = models.CharField(max_length=200, blank=True)
    own = models.BooleanField(default=False)
    used = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    changed_at = models.DateTimeField()

    DATA = {
        "public_id": "id",
        "code": "enum",
        "good": "enum",
        "strength": "number",
        "days": "number",
        "title_pl": "text",
        "title_en": "text",
        "sentence_pl": "text",
        "sentence_en": "text",
        "own": "enum",
        "used": "enum",
        "order": "number",
        "changed_by": "id",
        "changed_at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(strength__gte=1, strength__lte=5), name="moment_type_strength"
            )
        ]


class DateField(models.TextChoices):
    """Which date of a client a rule counts from."""

    SINCE = "since"
    RENEWS = "renews_on"


class DateRule(models.Model):
    """A moment that comes by itself: so many days after (before: negative) a date of the client."""

    public_id = public_id()
    branch = models.ForeignKey(Branch, null=True, on_delete=models.CASCADE)
    kind = models.CharField(max_length=20)
    counts_from = models.CharField(max_length=10, choices=DateField.choices)
    offset_days = models.SmallIntegerField(default=0)
    yearly = models.BooleanField(default=False)
    used = models.BooleanField(default=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    made_at = models.DateTimeField()

    DATA = {
        "public_id": "id",
        "branch": "id",
        "kind": "enum",
        "counts_from": "enum",
        "offset_days": "number",
        "yearly": "enum",
        "used": "enum",
        "made_by": "id",
        "made_at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(counts_from__in=DateField.values), name="date_rule_counts_from"
            )
        ]


class InletKind(models.TextChoices):
    """How a system of the firm tells of moments."""

    WEBHOOK = "webhook"
    EMAIL = "email"


class Inlet(models.Model):
    """A door by which another system tells of moments: signed, each telling heard once.

    `accepted`: tellings that made a moment; `unmatched`: signed ones that made none (no such client
    number, or a client who is left in peace). Whoever tells is never told which of the two it was.
    """

    public_id = public_id()
    kind = models.CharField(max_length=8, choices=InletKind.choices)
    name = models.CharField(max_length=80)
    branch = models.ForeignKey(Branch, null=True, on_delete=models.CASCADE)
    secret_sealed = SealedField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    accepted = models.PositiveIntegerField(default=0)
    unmatched = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    secret = Sealed("secret_sealed")

    DATA = {
        "public_id": "id",
        "kind": "enum",
        "name": "text",
        "branch": "id",
        "secret_sealed": "secret",
        "made_by": "id",
        "made_at": "date",
        "used_at": "date",
        "accepted": "number",
        "unmatched": "number",
        "closed_at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=InletKind.values), name="inlet_kind")
        ]
