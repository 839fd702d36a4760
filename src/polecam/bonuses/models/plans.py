"""Bonus plans, their versions, and the facts that earn money."""

from django.db import models

from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.store.fields import public_id


class Plan(models.Model):
    """A bonus plan of the firm or of one branch."""

    public_id = public_id()
    name = models.CharField(max_length=80)
    branch = models.ForeignKey(Branch, null=True, on_delete=models.PROTECT)
    created_at = models.DateTimeField()

    DATA = {"public_id": "id", "name": "text", "branch": "id", "created_at": "date"}


class Leaver(models.TextChoices):
    """Where the money of a seller who left the firm goes; the authorship stays theirs."""

    SELLER = "seller"
    HOLDER = "holder"


class PlanVersion(models.Model):
    """One version, in force from `valid_from`; once published it never changes.

    `leaver`: whether somebody who left still earns (paid with the final settlement), or whoever
    works the referral on.
    """

    public_id = public_id()
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField()
    valid_from = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    hold_days = models.PositiveSmallIntegerField()
    clawback_days = models.PositiveSmallIntegerField()
    quality_gate = models.BooleanField(default=True)
    leaver = models.CharField(max_length=6, choices=Leaver.choices, default=Leaver.SELLER)

    DATA = {
        "public_id": "id",
        "plan": "id",
        "number": "number",
        "valid_from": "date",
        "published_at": "date",
        "published_by": "id",
        "hold_days": "number",
        "clawback_days": "number",
        "quality_gate": "enum",
        "leaver": "enum",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gt=0), name="plan_version_counts_from_one"
            ),
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number"),
            models.UniqueConstraint(fields=["plan", "valid_from"], name="plan_version_from"),
            models.CheckConstraint(
                condition=models.Q(leaver__in=Leaver.values), name="plan_version_leaver"
            ),
        ]


class FactKind(models.TextChoices):
    """What can earn money."""

    CONSENT = "consent"
    MEETING = "meeting"
    SALE = "sale"


class Component(models.Model):
    """What pays how much: a fixed amount (grosze) or a rate of margin (basis points)."""

    public_id = public_id()
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField()
    fact_kind = models.CharField(max_length=10, choices=FactKind.choices)
    amount_grosze = models.BigIntegerField(default=0)
    rate_bp = models.PositiveIntegerField(default=0)

    DATA = {
        "public_id": "id",
        "version": "id",
        "position": "number",
        "fact_kind": "enum",
        "amount_grosze": "number",
        "rate_bp": "number",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="component_position"),
            models.CheckConstraint(
                condition=models.Q(amount_grosze__gt=0, rate_bp=0)
                | models.Q(amount_grosze=0, rate_bp__gt=0, rate_bp__lte=10_000),
                name="component_amount_or_rate",
            ),
        ]


class CreditedFact(models.Model):
    """Something confirmed that earns money for one seller: the only thing the engine reads.

    One row per fact and seller, with the seller's share: the part of the whole that lies between
    `share_offset_bp` and `share_offset_bp + share_bp`, sellers in the order of their ids.
    `base_grosze` is the margin of a sale (0 otherwise). `source` is the public id of what was
    confirmed (the consent's referral, a meeting, a sale). A fact lands in `month`: that of its
    confirmation, or, recorded late, the one open then. `reverses` takes an earlier fact back.
    `round`: 1, or more when a decision shared the same fact anew.
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
        "round": "number",
        "month": "date",
        "confirmed_at": "date",
        "vests_at": "date",
        "reverses": "id",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "kind", "person", "round"],
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
