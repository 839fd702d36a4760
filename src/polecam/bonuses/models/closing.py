"""Payroll: months that are closed, the statements in them, settlements, and how it is exported."""

from django.db import models

from polecam.bonuses.models.ledger import LedgerTransaction
from polecam.people.models import EngagementKind, Person
from polecam.store.fields import public_id


class MonthState(models.TextChoices):
    """open -> asked (somebody wants it closed) -> closed (by a second person) -> paid."""

    OPEN = "open"
    ASKED = "asked"
    CLOSED = "closed"
    PAID = "paid"


class PayrollMonth(models.Model):
    """A month `YYYY-MM` on its way to the payroll. Closed, nothing is posted in it any more: what
    comes later is a difference in the open one. `totals`: control totals (grosze by name) as they
    stood at the closing; `digest`: SHA-256 over its statements' digests."""

    public_id = public_id()
    month = models.CharField(max_length=7, unique=True)
    state = models.CharField(max_length=6, choices=MonthState.choices, default=MonthState.OPEN)
    asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    paid_at = models.DateTimeField(null=True)
    paid_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    totals = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)

    DATA = {
        "public_id": "id",
        "month": "date",
        "state": "enum",
        "asked_at": "date",
        "asked_by": "id",
        "closed_at": "date",
        "closed_by": "id",
        "paid_at": "date",
        "paid_by": "id",
        "totals": "number",
        "digest": "id",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=MonthState.values), name="payroll_month_state"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_by=None)
                | models.Q(asked_by=None)
                | ~models.Q(closed_by=models.F("asked_by")),
                name="payroll_month_four_eyes",
            ),
        ]


class StatementState(models.TextChoices):
    """draft (computed when looked at, never stored) -> published -> locked -> paid."""

    PUBLISHED = "published"
    LOCKED = "locked"
    PAID = "paid"


class Statement(models.Model):
    """One seller, one month: opening + movements = closing (invariant 11), in gross grosze.

    `body` is the canonical JSON of all figures and of the public ids of lines behind them, without
    any name; `digest` its SHA-256. Locked, it is never written again (invariant 10).
    """

    public_id = public_id()
    payroll_month = models.ForeignKey(PayrollMonth, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    engagement = models.CharField(max_length=10, choices=EngagementKind.choices)
    state = models.CharField(
        max_length=9, choices=StatementState.choices, default=StatementState.PUBLISHED
    )
    opening_grosze = models.BigIntegerField()
    closing_grosze = models.BigIntegerField()
    payout_grosze = models.BigIntegerField()
    body = models.TextField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    payment = models.OneToOneField(
        LedgerTransaction, null=True, on_delete=models.PROTECT, related_name="statement"
    )

    DATA = {
        "public_id": "id",
        "payroll_month": "id",
        "person": "id",
        "engagement": "enum",
        "state": "enum",
        "opening_grosze": "number",
        "closing_grosze": "number",
        "payout_grosze": "number",
        "body": "text",
        "digest": "id",
        "published_at": "date",
        "locked_at": "date",
        "paid_at": "date",
        "payment": "id",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["payroll_month", "person"], name="statement_once_per_month"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=StatementState.values), name="statement_state"
            ),
        ]


class NettingConsent(models.Model):
    """A person's own written consent that up to `limit_grosze` they owe is taken from their next
    bonuses; without it wages are never netted. Given by themselves, taken back at any time."""

    public_id = public_id()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    limit_grosze = models.BigIntegerField()
    wording = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "person": "id",
        "limit_grosze": "number",
        "wording": "enum",
        "given_at": "date",
        "withdrawn_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(withdrawn_at=None),
                name="one_netting_consent",
            ),
            models.CheckConstraint(
                condition=models.Q(limit_grosze__gt=0), name="netting_consent_above_zero"
            ),
        ]


class SettlementWay(models.TextChoices):
    """How a receivable ended: netted with consent, paid back, or let go."""

    NETTED = "netted"
    REPAID = "repaid"
    WAIVED = "waived"


class Settlement(models.Model):
    """A part of what a person owes back is settled, by a human with a reason."""

    public_id = public_id()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    way = models.CharField(max_length=6, choices=SettlementWay.choices)
    amount_grosze = models.BigIntegerField()
    consent = models.ForeignKey(NettingConsent, null=True, on_delete=models.PROTECT)
    why = models.CharField(max_length=200)
    posting = models.OneToOneField(LedgerTransaction, on_delete=models.PROTECT)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    DATA = {
        "public_id": "id",
        "person": "id",
        "way": "enum",
        "amount_grosze": "number",
        "consent": "id",
        "why": "text",
        "posting": "id",
        "by": "id",
        "at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_grosze__gt=0), name="settlement_above_zero"
            ),
            models.CheckConstraint(
                condition=~models.Q(way="netted") | models.Q(consent__isnull=False),
                name="netting_needs_consent",
            ),
        ]


class PayrollFormat(models.Model):
    """How the payroll export looks from `valid_from` on: its columns in order (codes of
    bonuses.closing.columns), and the tax class of each kind of engagement (code of the payroll
    system, as the firm writes it; the product assumes none)."""

    columns = models.JSONField(default=list)
    tax_classes = models.JSONField(default=dict)
    valid_from = models.DateTimeField()
    set_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    DATA = {"columns": "enum", "tax_classes": "enum", "valid_from": "date", "set_by": "id"}
