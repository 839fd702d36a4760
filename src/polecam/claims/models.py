"""Who alone may work a referral, and how its credit is shared."""

from django.db import models

from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.store.fields import public_id
from polecam.store.triggers import append_only


class Claim(models.Model):
    """Exclusivity of one holder for one prospect: [since, until) unless it ended before."""

    public_id = public_id()
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE)
    party = models.ForeignKey(Party, null=True, on_delete=models.SET_NULL)
    holder = models.ForeignKey(Person, on_delete=models.PROTECT)
    since = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=12, blank=True)

    DATA = {
        "public_id": "id",
        "referral": "id",
        "party": "id",
        "holder": "id",
        "since": "date",
        "until": "date",
        "ended_at": "date",
        "end_reason": "enum",
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
        ]
        indexes = [models.Index(fields=["holder", "until"], name="claim_holder")]


class CreditShare(models.Model):
    """One seller's part of a referral's credit in one set; the parts of a set sum to 10,000 bp.

    The set with the highest number is in force; sets are never changed, only followed.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    role = models.CharField(max_length=12, default="originator")
    share_bp = models.PositiveIntegerField()
    at = models.DateTimeField()

    DATA = {
        "referral": "id",
        "number": "number",
        "person": "id",
        "role": "enum",
        "share_bp": "number",
        "at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "number", "person"], name="one_share_per_person_and_set"
            ),
            models.CheckConstraint(
                condition=models.Q(share_bp__gt=0) & models.Q(share_bp__lte=10_000),
                name="share_within_whole",
            ),
        ]


append_only("claims_creditshare")
