"""Time, effort and income by source of clients: the seller's own notes, read by nobody else."""

from django.db import models

from polecam.people.models import Person
from polecam.store.fields import Sealed, SealedField, public_id


class Source(models.TextChoices):
    """Where a client came from."""

    REFERRAL = "referral"
    WALK_IN = "walk_in"
    ADVERT = "advert"
    COLD_CALL = "cold_call"
    OWN_CLIENT = "own_client"
    OTHER = "other"


class Grade(models.TextChoices):
    """How good the evidence of a time is: measured, told by the seller, or a default."""

    TIMED = "timed"
    REPORTED = "reported"
    DEFAULT = "default"


class Effort(models.TextChoices):
    """How it felt."""

    EASY = "easy"
    HARD = "hard"


class TimeEntry(models.Model):
    """Minutes a seller spent on one source on one day of the firm."""

    public_id = public_id()
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    source = models.CharField(max_length=10, choices=Source.choices)
    minutes = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=8, choices=Grade.choices)
    effort = models.CharField(max_length=4, choices=Effort.choices, blank=True)
    day = models.DateField()
    at = models.DateTimeField()

    DATA = {
        "public_id": "id",
        "person": "id",
        "source": "personal",
        "minutes": "personal",
        "grade": "enum",
        "effort": "personal",
        "day": "date",
        "at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source__in=Source.values, grade__in=Grade.values)
                & (models.Q(effort="") | models.Q(effort__in=Effort.values)),
                name="time_entry_kinds",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gt=0, minutes__lte=1440), name="time_entry_within_a_day"
            ),
        ]
        indexes = [models.Index(fields=["person", "day"], name="time_entry_person_day")]


class Timer(models.Model):
    """A timer that runs for a seller; the server knows since when, so a reload loses nothing."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE)
    source = models.CharField(max_length=10, choices=Source.choices)
    started_at = models.DateTimeField()

    DATA = {"person": "id", "source": "personal", "started_at": "date"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source__in=Source.values), name="timer_source"
            ),
        ]


class SourceIncome(models.Model):
    """What another source of clients earned a seller in a month (gross grosze), told by them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    source = models.CharField(max_length=10, choices=Source.choices)
    month = models.CharField(max_length=7)
    amount_grosze = models.BigIntegerField()
    at = models.DateTimeField()

    DATA = {
        "person": "id",
        "source": "personal",
        "month": "date",
        "amount_grosze": "personal",
        "at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "source", "month"], name="source_income_once"
            ),
            models.CheckConstraint(
                condition=models.Q(source__in=Source.values, amount_grosze__gte=0),
                name="source_income_kinds",
            ),
        ]


class MoneyGoal(models.Model):
    """What a seller would like referrals to bring in a month (gross grosze, sealed).

    Nobody but the seller reads it, whatever their role (invariant 21); no event tells of it, and no
    figure of anybody else comes from it.
    """

    public_id = public_id()
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    amount_sealed = SealedField()
    set_at = models.DateTimeField()

    amount = Sealed("amount_sealed")

    DATA = {"public_id": "id", "person": "id", "amount_sealed": "secret", "set_at": "date"}
