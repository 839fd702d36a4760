"""What pays how much: the sentences of a plan, their bands and budgets."""

from django.db import models

from polecam.bonuses.models.plans import PlanVersion
from polecam.store.fields import public_id


class FactKind(models.TextChoices):
    """What can earn money; a complaint earns nothing, conditions of a plan count it."""

    CONSENT = "consent"
    MEETING = "meeting"
    SALE = "sale"
    RETAINED = "retained"
    REFERENCE = "reference"
    HANDOFF = "handoff"
    COACHED = "coached"
    COMPLAINT = "complaint"


class Base(models.TextChoices):
    """What a component measures: how many, the value of sales, or the margin on them."""

    COUNT = "count"
    VALUE = "value"
    MARGIN = "margin"


class Shape(models.TextChoices):
    """flat: each fact by itself; marginal: each unit by the band it falls in; whole: everything by
    the band the month's total reached; accelerator: marginal, told as "from ... on, more"."""

    FLAT = "flat"
    MARGINAL = "marginal"
    WHOLE = "whole"
    ACCELERATOR = "accelerator"


class Component(models.Model):
    """What pays how much: one sentence of a plan.

    Flat: `amount_grosze` for each fact, or `rate_bp` basis points of `base`, at least
    `floor_grosze` for a whole fact. Other shapes read their bands. `cap_grosze`: at most so much
    for a seller and month (0: no cap). Pays only in a month with at least `needs_least` and at
    most `needs_most` whole facts of `needs_kind` ("": always). `window_from` until `window_until`
    (half-open, by confirmation) and `budget_grosze` (0: none) bound a special action (SPIFF).
    `hold_days`: instead of the version's. `vests_after`: payable only once the referral also has
    such a fact. `months`: after how many months a sale counts as retained.
    """

    public_id = public_id()
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField()
    fact_kind = models.CharField(max_length=10, choices=FactKind.choices)
    base = models.CharField(max_length=6, choices=Base.choices, default=Base.COUNT)
    shape = models.CharField(max_length=11, choices=Shape.choices, default=Shape.FLAT)
    amount_grosze = models.BigIntegerField(default=0)
    rate_bp = models.PositiveIntegerField(default=0)
    floor_grosze = models.BigIntegerField(default=0)
    cap_grosze = models.BigIntegerField(default=0)
    needs_kind = models.CharField(max_length=10, choices=FactKind.choices, blank=True)
    needs_least = models.PositiveSmallIntegerField(default=0)
    needs_most = models.PositiveSmallIntegerField(null=True)
    window_from = models.DateTimeField(null=True)
    window_until = models.DateTimeField(null=True)
    budget_grosze = models.BigIntegerField(default=0)
    hold_days = models.PositiveSmallIntegerField(null=True)
    vests_after = models.CharField(max_length=10, choices=FactKind.choices, blank=True)
    months = models.PositiveSmallIntegerField(default=0)

    DATA = {
        "public_id": "id",
        "version": "id",
        "position": "number",
        "fact_kind": "enum",
        "base": "enum",
        "shape": "enum",
        "amount_grosze": "number",
        "rate_bp": "number",
        "floor_grosze": "number",
        "cap_grosze": "number",
        "needs_kind": "enum",
        "needs_least": "number",
        "needs_most": "number",
        "window_from": "date",
        "window_until": "date",
        "budget_grosze": "number",
        "hold_days": "number",
        "vests_after": "enum",
        "months": "number",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="component_position"),
            models.CheckConstraint(
                condition=models.Q(shape="flat", amount_grosze__gt=0, rate_bp=0)
                | models.Q(shape="flat", amount_grosze=0, rate_bp__gt=0, rate_bp__lte=10_000)
                | (~models.Q(shape="flat") & models.Q(amount_grosze=0, rate_bp=0)),
                name="component_amount_or_rate",
            ),
            models.CheckConstraint(
                condition=models.Q(base__in=Base.values, shape__in=Shape.values),
                name="component_shape",
            ),
            models.CheckConstraint(
                condition=~models.Q(shape="flat")
                | models.Q(base="count", rate_bp=0)
                | (~models.Q(base="count") & models.Q(amount_grosze=0)),
                name="component_rate_of_a_sum",
            ),
            models.CheckConstraint(
                condition=models.Q(floor_grosze__gte=0, cap_grosze__gte=0, budget_grosze__gte=0),
                name="component_bounds_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(window_from=None, window_until=None)
                | models.Q(window_until__gt=models.F("window_from")),
                name="component_window",
            ),
        ]

    @property
    def stands_alone(self) -> bool:
        """Pays each fact by itself, whatever else the seller did in the month; else by what the
        month adds up to (docs/adr/0021)."""
        return self.shape == Shape.FLAT and not (
            self.cap_grosze
            or self.needs_kind
            or self.budget_grosze
            or self.window_from
            or self.window_until
        )


class Band(models.Model):
    """One row of a component's table: from `lower` until `upper` (half-open; null: no end).

    Units of the measure: basis points of one for a count (10,000 is one meeting), grosze for a
    value or a margin. It pays `amount_grosze` for one (count) or `rate_bp` (value, margin).
    """

    component = models.ForeignKey(Component, on_delete=models.CASCADE)
    lower = models.BigIntegerField()
    upper = models.BigIntegerField(null=True)
    amount_grosze = models.BigIntegerField(default=0)
    rate_bp = models.PositiveIntegerField(default=0)

    DATA = {
        "component": "id",
        "lower": "number",
        "upper": "number",
        "amount_grosze": "number",
        "rate_bp": "number",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["component", "lower"], name="band_from_once"),
            models.CheckConstraint(
                condition=models.Q(lower__gte=0)
                & (models.Q(upper=None) | models.Q(upper__gt=models.F("lower"))),
                name="band_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_grosze__gte=0, rate_bp__lte=10_000),
                name="band_amounts",
            ),
        ]


class ComponentBudget(models.Model):
    """What a special action may still spend; locked before it is spent (invariant 13)."""

    component = models.OneToOneField(Component, on_delete=models.PROTECT)
    granted_grosze = models.BigIntegerField()
    used_grosze = models.BigIntegerField(default=0)

    DATA = {"component": "id", "granted_grosze": "number", "used_grosze": "number"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_grosze__gte=0, used_grosze__lte=models.F("granted_grosze")),
                name="component_budget_kept",
            )
        ]
