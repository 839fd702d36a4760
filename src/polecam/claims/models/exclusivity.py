"""Who alone may work a referral, since when, until when."""

from django.db import models

from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.store.fields import public_id


class Cause(models.TextChoices):
    """How a holder came to the claim."""

    CONSENT = "consent"
    HANDOFF = "handoff"
    RETURN = "return"
    LEAVING = "leaving"
    DISPUTE = "dispute"


class Claim(models.Model):
    """Exclusivity of one holder for one prospect: [since, until) unless it ended before.

    `reminded_days`: the last gentle reminder sent before the end (14, then 3).
    """

    public_id = public_id()
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE)
    party = models.ForeignKey(Party, null=True, on_delete=models.SET_NULL)
    holder = models.ForeignKey(Person, on_delete=models.PROTECT)
    since = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=12, blank=True)
    cause = models.CharField(max_length=8, choices=Cause.choices, default=Cause.CONSENT)
    reminded_days = models.PositiveSmallIntegerField(null=True)

    DATA = {
        "public_id": "id",
        "referral": "id",
        "party": "id",
        "holder": "id",
        "since": "date",
        "until": "date",
        "ended_at": "date",
        "end_reason": "enum",
        "cause": "enum",
        "reminded_days": "number",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=models.Q(ended_at=None),
                name="one_active_claim_per_referral",
            ),
            models.UniqueConstraint(
                fields=["party"],
                condition=models.Q(ended_at=None),
                name="one_active_claim_per_prospect",
            ),
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since")), name="claim_has_length"
            ),
            models.CheckConstraint(condition=models.Q(cause__in=Cause.values), name="claim_cause"),
        ]
        indexes = [
            models.Index(fields=["holder", "until"], name="claim_holder"),
            models.Index(
                fields=["until"], condition=models.Q(ended_at=None), name="claim_running_out"
            ),
        ]
