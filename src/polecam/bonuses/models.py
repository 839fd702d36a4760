"""Plans, credited facts, lines with their trace, and the double-entry ledger."""

from django.db import models

from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.store.fields import public_id
from polecam.store.triggers import append_only, guard


class Plan(models.Model):
    """A bonus plan of the firm or of one branch."""

    public_id = public_id()
    name = models.CharField(max_length=80)
    branch = models.ForeignKey(Branch, null=True, on_delete=models.PROTECT)
    created_at = models.DateTimeField()

    DATA = {"public_id": "id", "name": "text", "branch": "id", "created_at": "date"}


class PlanVersion(models.Model):
    """One version, in force from `valid_from`; once published it never changes."""

    public_id = public_id()
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField()
    valid_from = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    hold_days = models.PositiveSmallIntegerField()
    clawback_days = models.PositiveSmallIntegerField()
    quality_gate = models.BooleanField(default=True)

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
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number"),
            models.UniqueConstraint(fields=["plan", "valid_from"], name="plan_version_from"),
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

    Written by actions, one row per fact and seller with the seller's share in basis points;
    `base_grosze` is the margin of a sale (0 otherwise). `reverses` takes an earlier fact back.
    `source` is the public id of what happened (consent's referral, meeting, sale).
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
    month = models.CharField(max_length=7)
    confirmed_at = models.DateTimeField()
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT)

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
        "month": "date",
        "confirmed_at": "date",
        "reverses": "id",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source", "person"],
                condition=models.Q(reverses__isnull=True),
                name="fact_once_per_person",
            )
        ]
        indexes = [
            models.Index(fields=["month", "person", "version", "kind"], name="fact_cell"),
            models.Index(fields=["referral"], name="fact_referral"),
        ]


class LineState(models.TextChoices):
    """pending (held) -> payable (vested) -> paid, or void."""

    PENDING = "pending"
    PAYABLE = "payable"
    PAID = "paid"
    VOID = "void"


class Line(models.Model):
    """What one fact earns by one component: amount with its trace, held until `vests_at`."""

    public_id = public_id()
    fact = models.ForeignKey(CreditedFact, on_delete=models.PROTECT)
    component = models.ForeignKey(Component, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    month = models.CharField(max_length=7)
    whole_grosze = models.BigIntegerField()
    amount_grosze = models.BigIntegerField()
    state = models.CharField(
        max_length=8, choices=LineState.choices, default=LineState.PENDING
    )
    vests_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "fact": "id",
        "component": "id",
        "person": "id",
        "month": "date",
        "whole_grosze": "number",
        "amount_grosze": "number",
        "state": "enum",
        "vests_at": "date",
        "settled_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fact", "component"], name="line_once")
        ]
        indexes = [
            models.Index(fields=["person", "month"], name="line_person_month"),
            models.Index(fields=["state", "vests_at"], name="line_vesting"),
        ]


class AccountKind(models.TextChoices):
    """expense is the firm's side; the others are one seller's (domain.md, invariant 12)."""

    EXPENSE = "expense"
    PENDING = "pending"
    PAYABLE = "payable"
    PAID = "paid"
    DISPUTED = "disputed"
    RECEIVABLE = "receivable"


class Account(models.Model):
    """An account of the ledger; `balance` is the sum of its entries, cached."""

    kind = models.CharField(max_length=10, choices=AccountKind.choices)
    unit = models.CharField(max_length=6, default="PLN")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    balance = models.BigIntegerField(default=0)

    DATA = {"kind": "enum", "unit": "enum", "person": "id", "balance": "number"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "unit", "person"],
                condition=models.Q(person__isnull=False),
                name="account_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["kind", "unit"],
                condition=models.Q(person__isnull=True),
                name="account_once_for_firm",
            ),
        ]


class LedgerTransaction(models.Model):
    """A balanced set of entries; sealed when complete, then nothing about it may change."""

    public_id = public_id()
    kind = models.CharField(max_length=12)
    unit = models.CharField(max_length=6, default="PLN")
    month = models.CharField(max_length=7)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT)
    sealed = models.BooleanField(default=False)

    DATA = {
        "public_id": "id",
        "kind": "enum",
        "unit": "enum",
        "month": "date",
        "person": "id",
        "at": "date",
        "reverses": "id",
        "sealed": "enum",
    }


class Entry(models.Model):
    """One side of a transaction, in grosze: positive into the account, negative out of it."""

    transaction = models.ForeignKey(LedgerTransaction, on_delete=models.PROTECT)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    amount = models.BigIntegerField()
    line = models.ForeignKey(Line, null=True, on_delete=models.PROTECT)

    DATA = {"transaction": "id", "account": "id", "amount": "number", "line": "id"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(amount=0), name="entry_not_zero")
        ]
        indexes = [models.Index(fields=["account"], name="entry_account")]


append_only("bonuses_entry")
append_only("bonuses_creditedfact")
append_only("bonuses_component")
guard("bonuses_planversion", "bonuses_version_published", "UPDATE", "DELETE", when="OLD.published_at IS NOT NULL")
guard("bonuses_ledgertransaction", "bonuses_transaction_sealed", "UPDATE", "DELETE", when="OLD.sealed")
