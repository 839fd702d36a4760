"""The branch pool: a part of the acquisition cost saved, given back to those who sold."""

from django.db import models

from polecam.bonuses.models.facts import CreditedFact
from polecam.bonuses.models.ledger import LedgerTransaction
from polecam.bonuses.models.plans import PlanVersion, PoolRule
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.store.fields import public_id


class FlowKind(models.TextChoices):
    """saved: a part of what a sale saved; left: the part of a seller who has left the firm."""

    SAVED = "saved"
    LEFT = "left"


class PoolFlow(models.Model):
    """What flowed into a branch's pool when `fact` vested, in grosze.

    saved: a vested sale (its first fact) saved the cost of a client won otherwise, less bonuses and
    sellers' time; `pool_bp` of that is `amount_grosze`, posted by `posting` (none for nothing).
    left: what a leaver's fact earned, where the plan says so; its lines have `posting` as vesting.
    With its sale or fact it is taken back, once, at `back_at`: `back_grosze` of it, as far as the
    pool still held it (`taking_back`; none for nothing); the rest had been paid out.
    """

    public_id = public_id()
    kind = models.CharField(max_length=5, choices=FlowKind.choices, default=FlowKind.SAVED)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    fact = models.ForeignKey(CreditedFact, on_delete=models.PROTECT)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    month = models.CharField(max_length=7)
    benchmark_grosze = models.BigIntegerField()
    bonuses_grosze = models.BigIntegerField()
    time_grosze = models.BigIntegerField()
    saved_grosze = models.BigIntegerField()
    pool_bp = models.PositiveIntegerField()
    amount_grosze = models.BigIntegerField()
    posting = models.OneToOneField(LedgerTransaction, null=True, on_delete=models.PROTECT)
    taking_back = models.OneToOneField(
        LedgerTransaction, null=True, on_delete=models.PROTECT, related_name="+"
    )
    back_grosze = models.BigIntegerField(null=True)
    back_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    DATA = {
        "public_id": "id",
        "kind": "enum",
        "branch": "id",
        "fact": "id",
        "version": "id",
        "month": "date",
        "benchmark_grosze": "number",
        "bonuses_grosze": "number",
        "time_grosze": "number",
        "saved_grosze": "number",
        "pool_bp": "number",
        "amount_grosze": "number",
        "posting": "id",
        "taking_back": "id",
        "back_grosze": "number",
        "back_at": "date",
        "at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_grosze__gte=0), name="pool_flow_not_negative"
            ),
            models.UniqueConstraint(
                fields=["fact"], condition=models.Q(kind="saved"), name="pool_flow_of_a_sale_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=FlowKind.values), name="pool_flow_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(back_at=None, back_grosze=None, taking_back=None)
                | models.Q(
                    back_at__isnull=False,
                    back_grosze__gte=0,
                    back_grosze__lte=models.F("amount_grosze"),
                ),
                name="pool_flow_back_within",
            ),
        ]
        indexes = [models.Index(fields=["branch", "month"], name="pool_flow_month")]


class PoolPayout(models.Model):
    """A pool (or a part of it) divided by its rule; the parts sum to the amount to the grosz.

    `since`: help given counted from then on (the payout before, or where the pool began).
    """

    public_id = public_id()
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    rule = models.CharField(max_length=9, choices=PoolRule.choices)
    amount_grosze = models.BigIntegerField()
    since = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    DATA = {
        "public_id": "id",
        "branch": "id",
        "rule": "enum",
        "amount_grosze": "number",
        "since": "date",
        "by": "id",
        "at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_grosze__gt=0, rule__in=PoolRule.values),
                name="pool_payout_above_zero",
            )
        ]


class PoolPart(models.Model):
    """One person's part of a payout; `weight` by the rule (1, basis points of full time, helps)."""

    payout = models.ForeignKey(PoolPayout, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    weight = models.PositiveIntegerField()
    amount_grosze = models.BigIntegerField()
    posting = models.OneToOneField(LedgerTransaction, null=True, on_delete=models.PROTECT)

    DATA = {
        "payout": "id",
        "person": "id",
        "weight": "number",
        "amount_grosze": "number",
        "posting": "id",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payout", "person"], name="pool_part_once"),
        ]


class Coaching(models.Model):
    """Somebody made a colleague ready to ask for recommendations; the boss says so, once a pair."""

    public_id = public_id()
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    mentor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    colleague = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    DATA = {
        "public_id": "id",
        "branch": "id",
        "mentor": "id",
        "colleague": "id",
        "confirmed_by": "id",
        "at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mentor", "colleague"], name="coached_once"),
            models.CheckConstraint(
                condition=~models.Q(mentor=models.F("colleague")), name="coaching_of_another"
            ),
        ]


class MonthTopUp(models.Model):
    """A guarantee or draw that filled up a seller's month at its closing (posted once a month)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    month = models.CharField(max_length=7)
    kind = models.CharField(max_length=9)
    target_grosze = models.BigIntegerField()
    earned_grosze = models.BigIntegerField()
    factor_bp = models.PositiveIntegerField()
    amount_grosze = models.BigIntegerField()
    posting = models.OneToOneField(LedgerTransaction, on_delete=models.PROTECT)

    DATA = {
        "person": "id",
        "version": "id",
        "month": "date",
        "kind": "enum",
        "target_grosze": "number",
        "earned_grosze": "number",
        "factor_bp": "number",
        "amount_grosze": "number",
        "posting": "id",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "month", "kind"], name="month_filled_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["guarantee", "draw"]), name="month_filled_by"
            ),
        ]
