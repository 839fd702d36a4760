"""The double-entry ledger, and the lines under it with their trace."""

from django.db import models

from polecam.bonuses.models.components import Component
from polecam.bonuses.models.facts import CreditedFact
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.store.fields import public_id


class AccountKind(models.TextChoices):
    """Accounts of one seller: `expense` is what the firm spent on them (below zero), the others
    what became of it (domain.md, invariant 12); `receivable` is below zero too, when the seller
    owes a paid amount back. A branch has `expense` and `pool` (never below zero, invariant 13)."""

    EXPENSE = "expense"
    PENDING = "pending"
    PAYABLE = "payable"
    PAID = "paid"
    DISPUTED = "disputed"
    RECEIVABLE = "receivable"
    POOL = "pool"


class Account(models.Model):
    """An account of a seller or of a branch; `balance` is the sum of its entries, cached."""

    kind = models.CharField(max_length=10, choices=AccountKind.choices)
    unit = models.CharField(max_length=6, default="PLN")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    branch = models.ForeignKey(Branch, null=True, on_delete=models.PROTECT)
    balance = models.BigIntegerField(default=0)

    DATA = {"kind": "enum", "unit": "enum", "person": "id", "branch": "id", "balance": "number"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "kind"], name="account_once_per_person"
            ),
            models.UniqueConstraint(
                fields=["branch", "unit", "kind"], name="account_once_per_branch"
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, branch=None)
                | models.Q(person=None, branch__isnull=False),
                name="account_of_a_person_or_a_branch",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="pool") | models.Q(balance__gte=0),
                name="account_pool_not_below_zero",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=AccountKind.values), name="account_kind"
            ),
        ]


class TransactionKind(models.TextChoices):
    """Why money moved. pool: a part of what was saved flows into a branch pool; share_out: a pool
    is divided; guarantee, draw: a month is filled up; recover: a receivable is netted with written
    consent; repaid: it was paid back; waive: the firm lets it go."""

    ACCRUE = "accrue"
    VEST = "vest"
    PAY = "pay"
    VOID = "void"
    HOLD = "hold"
    RELEASE = "release"
    EXTRA = "extra"
    POOL = "pool"
    SHARE_OUT = "share_out"
    GUARANTEE = "guarantee"
    DRAW = "draw"
    RECOVER = "recover"
    REPAID = "repaid"
    WAIVE = "waive"


class LedgerTransaction(models.Model):
    """A balanced set of entries of one seller, one branch, or of both where a pool is shared out;
    sealed when complete, then it never changes.

    `month` is the month it was posted in. `reverses`: takes another transaction back, entry by
    entry; at most one does.
    """

    public_id = public_id()
    kind = models.CharField(max_length=12, choices=TransactionKind.choices)
    unit = models.CharField(max_length=6, default="PLN")
    month = models.CharField(max_length=7)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    branch = models.ForeignKey(Branch, null=True, on_delete=models.PROTECT)
    component = models.ForeignKey(Component, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversal"
    )
    sealed = models.BooleanField(default=False)

    DATA = {
        "public_id": "id",
        "kind": "enum",
        "unit": "enum",
        "month": "date",
        "person": "id",
        "branch": "id",
        "component": "id",
        "at": "date",
        "reverses": "id",
        "sealed": "enum",
    }

    class Meta:
        indexes = [
            models.Index(fields=["month", "person"], name="transaction_month"),
            models.Index(
                fields=["id"], condition=models.Q(sealed=False), name="transaction_unsealed"
            ),
        ]


class Entry(models.Model):
    """One side of a transaction, in grosze: positive into the account, negative out of it."""

    transaction = models.ForeignKey(LedgerTransaction, on_delete=models.PROTECT)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    amount = models.BigIntegerField()

    DATA = {"transaction": "id", "account": "id", "amount": "number"}

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(amount=0), name="entry_not_zero")]


class LineState(models.TextChoices):
    """pending (held) -> payable (vested) -> paid; or void, from any of them. owed: a difference
    below zero of what was paid already, a receivable from the first. pooled: a leaver's amount,
    which went into the branch pool when it vested."""

    PENDING = "pending"
    PAYABLE = "payable"
    PAID = "paid"
    VOID = "void"
    OWED = "owed"
    POOLED = "pooled"


class Line(models.Model):
    """What one fact earns by one component: the sub-ledger, with the trace of the amount.

    `whole_grosze` is what the component gives for the whole fact, `amount_grosze` the seller's
    part of it. A later difference is a line of its own, the next `revision`, which `corrects` the
    first one; all lines of a fact and component that are not void sum to what it earns. `month`:
    where it was posted (the fact's month is where it counts). Held until `vests_at`. `accrual`,
    `vesting`, `paying` and `voiding` are the transactions that carried the amount; the amounts of
    a transaction's lines sum to its entries. `paid_grosze`: what of it was paid so far; less than
    the amount only while the rest waits for a decision.
    """

    public_id = public_id()
    fact = models.ForeignKey(CreditedFact, on_delete=models.PROTECT)
    component = models.ForeignKey(Component, on_delete=models.PROTECT)
    revision = models.PositiveSmallIntegerField(default=0)
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    month = models.CharField(max_length=7)
    whole_grosze = models.BigIntegerField()
    amount_grosze = models.BigIntegerField()
    paid_grosze = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=LineState.choices, default=LineState.PENDING)
    vests_at = models.DateTimeField()
    accrual = models.ForeignKey(
        LedgerTransaction, on_delete=models.PROTECT, related_name="accrued_lines"
    )
    vesting = models.ForeignKey(
        LedgerTransaction, null=True, on_delete=models.PROTECT, related_name="vested_lines"
    )
    paying = models.ForeignKey(
        LedgerTransaction, null=True, on_delete=models.PROTECT, related_name="paid_lines"
    )
    voiding = models.ForeignKey(
        LedgerTransaction, null=True, on_delete=models.PROTECT, related_name="voided_lines"
    )

    DATA = {
        "public_id": "id",
        "fact": "id",
        "component": "id",
        "revision": "number",
        "corrects": "id",
        "person": "id",
        "month": "date",
        "whole_grosze": "number",
        "amount_grosze": "number",
        "paid_grosze": "number",
        "state": "enum",
        "vests_at": "date",
        "accrual": "id",
        "vesting": "id",
        "paying": "id",
        "voiding": "id",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fact", "component", "revision"], name="line_once"),
            models.CheckConstraint(
                condition=models.Q(revision=0, corrects=None)
                | models.Q(revision__gt=0, corrects__isnull=False),
                name="line_difference_is_linked",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=LineState.values), name="line_state"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "month"], name="line_person_month"),
            models.Index(
                fields=["corrects"],
                condition=models.Q(corrects__isnull=False),
                name="line_corrections",
            ),
            models.Index(
                fields=["vests_at"], condition=models.Q(state="pending"), name="line_vesting"
            ),
        ]
