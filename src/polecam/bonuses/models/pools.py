"""The branch pool: a part of the acquisition cost saved, given back to those who sold."""

from django.db import models

from polecam.bonuses.models.facts import CreditedFact
from polecam.bonuses.models.ledger import LedgerTransaction
from polecam.bonuses.models.plans import PlanVersion
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.store.fields import public_id


class PoolFlow(models.Model):
    """What one vested sale (its fact of `fact`) brought into its branch's pool, and the sum behind
    it: the cost of a client won otherwise, less bonuses and sellers' time, in grosze. `taking_back`
    reversed it, with its voided sale, as far as the pool still held it."""

    public_id = public_id()
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    fact = models.OneToOneField(CreditedFact, on_delete=models.PROTECT)
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
    at = models.DateTimeField()

    DATA = {
        "public_id": "id",
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
        "at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_grosze__gte=0), name="pool_flow_not_negative"
            )
        ]


class PoolPayout(models.Model):
    """A pool (or a part of it) divided by its rule; the parts sum to the amount to the grosz."""

    public_id = public_id()
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    rule = models.CharField(max_length=9)
    amount_grosze = models.BigIntegerField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    DATA = {
        "public_id": "id",
        "branch": "id",
        "rule": "enum",
        "amount_grosze": "number",
        "by": "id",
        "at": "date",
    }


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
