"""Credited facts: the only thing the engine reads."""

from django.db import models

from polecam.bonuses.models.components import FactKind
from polecam.bonuses.models.plans import PlanVersion
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.store.fields import public_id


class CreditedFact(models.Model):
    """Something confirmed that earns money for one seller: the only thing the engine reads.

    One row per fact and seller, with the seller's share: the part of the whole that lies between
    `share_offset_bp` and `share_offset_bp + share_bp`, sellers in the order of their ids.
    `base_grosze` is the margin of a sale, `value_grosze` its value (0 otherwise). `source` is the
    public id of what was confirmed (the consent's referral, a meeting, a sale); `referral` that of
    the referral, or, where none stands behind it (a reference, a coaching), of the source again.
    A fact lands in `month`: that of its confirmation, or, recorded late, the one open then.
    `reverses` takes an earlier fact back. `round`: 1, or more when a decision shared the same fact
    anew. `ordinal`: the months of a retained sale, else 0.
    """

    public_id = public_id()
    kind = models.CharField(max_length=10, choices=FactKind.choices)
    source = models.CharField(max_length=15)
    referral = models.CharField(max_length=15)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    share_bp = models.PositiveIntegerField()
    share_offset_bp = models.PositiveIntegerField(default=0)
    base_grosze = models.BigIntegerField(default=0)
    value_grosze = models.BigIntegerField(default=0)
    ordinal = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)
    month = models.CharField(max_length=7)
    confirmed_at = models.DateTimeField()
    vests_at = models.DateTimeField()
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversal"
    )

    DATA = {
        "public_id": "id",
        "kind": "enum",
        "source": "id",
        "referral": "id",
        "version": "id",
        "branch": "id",
        "person": "id",
        "share_bp": "number",
        "share_offset_bp": "number",
        "base_grosze": "number",
        "value_grosze": "number",
        "ordinal": "number",
        "round": "number",
        "month": "date",
        "confirmed_at": "date",
        "vests_at": "date",
        "reverses": "id",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "kind", "person", "round", "ordinal"],
                condition=models.Q(reverses__isnull=True),
                name="fact_once_per_referral_and_person",
            ),
            models.CheckConstraint(
                condition=models.Q(share_bp__gt=0, share_bp__lte=10_000)
                & models.Q(share_offset_bp__lte=10_000 - models.F("share_bp")),
                name="fact_share_within_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["month", "person", "version", "kind"], name="fact_cell"),
            models.Index(fields=["source"], name="fact_source"),
        ]
