"""When somebody is away, and on what footing they work."""

from django.db import models

from polecam.people.models.persons import Person
from polecam.store.fields import public_id


class Absence(models.Model):
    """Somebody is away from `since` until `until` (half-open, days), and who stands in."""

    public_id = public_id()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    since = models.DateField()
    until = models.DateField()
    cover = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "person": "id",
        "since": "personal",
        "until": "personal",
        "cover": "id",
        "made_by": "id",
        "made_at": "date",
        "ended_at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since")), name="absence_has_length"
            ),
            models.CheckConstraint(
                condition=models.Q(cover=None) | ~models.Q(cover=models.F("person")),
                name="absence_covered_by_another",
            ),
        ]
        indexes = [models.Index(fields=["person", "until"], name="absence_person")]


class EngagementKind(models.TextChoices):
    """On what footing a person works: it sets labels, payroll and what a receivable may do."""

    EMPLOYMENT = "employment"
    CIVIL = "civil"
    B2B = "b2b"


class Engagement(models.Model):
    """A person's footing and part of full time (basis points) from `since` until `until`, in days
    of the firm (half-open; null = still)."""

    public_id = public_id()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, choices=EngagementKind.choices)
    full_time_bp = models.PositiveIntegerField(default=10_000)
    since = models.DateField()
    until = models.DateField(null=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    DATA = {
        "public_id": "id",
        "person": "id",
        "kind": "personal",
        "full_time_bp": "personal",
        "since": "personal",
        "until": "personal",
        "made_by": "id",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until=None), name="engagement_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="engagement_has_length",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=EngagementKind.values)
                & models.Q(full_time_bp__gt=0, full_time_bp__lte=10_000),
                name="engagement_kind_and_part",
            ),
        ]
        indexes = [models.Index(fields=["person", "since"], name="engagement_person")]
