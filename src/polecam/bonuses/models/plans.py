"""Bonus plans, their versions, whom they cover, who has read and taken them."""

from django.db import models

from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.store.fields import public_id


class Plan(models.Model):
    """A bonus plan of the firm (`branch` None) or of one branch.

    `covers_all`: it covers everybody there without an assignment, unless a nearer plan does; one
    such plan for a branch, and one for the firm. A further plan covers whom it is assigned to.
    """

    public_id = public_id()
    name = models.CharField(max_length=80)
    branch = models.ForeignKey(Branch, null=True, on_delete=models.PROTECT)
    covers_all = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    DATA = {
        "public_id": "id",
        "name": "text",
        "branch": "id",
        "covers_all": "enum",
        "created_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["branch"],
                condition=models.Q(covers_all=True),
                name="plan_for_all_of_a_branch",
            ),
            models.UniqueConstraint(
                fields=["covers_all"],
                condition=models.Q(covers_all=True, branch=None),
                name="plan_for_all_of_the_firm",
            ),
        ]


class Leaver(models.TextChoices):
    """Where the money of a seller who left the firm goes; the authorship stays theirs."""

    SELLER = "seller"
    HOLDER = "holder"
    POOL = "pool"


class PoolRule(models.TextChoices):
    """How a branch pool is divided: equally, by part of full time, by help given."""

    EQUAL = "equal"
    PART_TIME = "part_time"
    HELP = "help"


class PlanVersion(models.Model):
    """One version of a plan: a draft until somebody else approves it; published, it never changes.

    In force from `valid_from`. `written_at` is also the draft's revision: it changes with every
    save. `submitted_*`: who wants it published; `published_by` is the second person, `returned_*`:
    who gave it back last, and why. `based_on`: the version the draft began as a copy of;
    `template`: the template's code. `hold_days` and `clawback_days` are days from the
    confirmation. `leaver`: whether somebody who left still earns (paid with the final settlement),
    whoever works the referral on, or the branch pool. `guarantee_grosze`: what a full-time seller
    gets at least for a month, in the first `guarantee_months` months of their engagement (0:
    always); `draw_grosze`: an advance up to which a month is filled up, paid back from later
    months with written consent. `pool_bp`: the part of the acquisition cost saved that flows into
    the branch pool, divided by `pool_rule`.
    """

    public_id = public_id()
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField()
    valid_from = models.DateTimeField()
    written_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    returned_reason = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    based_on = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=20, blank=True)
    hold_days = models.PositiveSmallIntegerField()
    clawback_days = models.PositiveSmallIntegerField()
    quality_gate = models.BooleanField(default=True)
    leaver = models.CharField(max_length=6, choices=Leaver.choices, default=Leaver.SELLER)
    guarantee_grosze = models.BigIntegerField(default=0)
    guarantee_months = models.PositiveSmallIntegerField(default=0)
    draw_grosze = models.BigIntegerField(default=0)
    pool_bp = models.PositiveIntegerField(default=0)
    pool_rule = models.CharField(max_length=9, choices=PoolRule.choices, default=PoolRule.EQUAL)

    DATA = {
        "public_id": "id",
        "plan": "id",
        "number": "number",
        "valid_from": "date",
        "written_by": "id",
        "written_at": "date",
        "submitted_at": "date",
        "submitted_by": "id",
        "returned_at": "date",
        "returned_by": "id",
        "returned_reason": "text",
        "published_at": "date",
        "published_by": "id",
        "based_on": "id",
        "template": "enum",
        "hold_days": "number",
        "clawback_days": "number",
        "quality_gate": "enum",
        "leaver": "enum",
        "guarantee_grosze": "number",
        "guarantee_months": "number",
        "draw_grosze": "number",
        "pool_bp": "number",
        "pool_rule": "enum",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gt=0), name="plan_version_counts_from_one"
            ),
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number"),
            models.UniqueConstraint(
                fields=["plan", "valid_from"],
                condition=models.Q(published_at__isnull=False),
                name="plan_version_from",
            ),
            models.CheckConstraint(
                condition=models.Q(leaver__in=Leaver.values), name="plan_version_leaver"
            ),
            models.CheckConstraint(
                condition=models.Q(pool_rule__in=PoolRule.values)
                & models.Q(pool_bp__lte=10_000, guarantee_grosze__gte=0, draw_grosze__gte=0),
                name="plan_version_amounts",
            ),
            models.CheckConstraint(
                condition=models.Q(published_by=None)
                | models.Q(submitted_by=None)
                | ~models.Q(published_by=models.F("submitted_by")),
                name="plan_version_four_eyes",
            ),
        ]


class Assignment(models.Model):
    """Whom a plan covers from `since` until `until` (half-open): a person, else a role of a branch
    or of the firm, else a branch, else the firm; the nearest one counts."""

    public_id = public_id()
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    branch = models.ForeignKey(Branch, null=True, on_delete=models.PROTECT)
    role = models.CharField(max_length=10, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    DATA = {
        "public_id": "id",
        "plan": "id",
        "branch": "id",
        "role": "enum",
        "person": "id",
        "since": "date",
        "until": "date",
        "made_by": "id",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="assignment_ends_after_start",
            ),
        ]


class Acknowledgement(models.Model):
    """A seller has read a published version."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField()

    DATA = {"version": "id", "person": "id", "at": "date"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person"], name="acknowledged_once_per_version"
            )
        ]


class VersionChoice(models.Model):
    """A seller took a newer version for one referral, having seen what both would bring.

    `before` held till then; amounts in grosze: the seller's expected bonus by each.
    """

    public_id = public_id()
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    before = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    before_grosze = models.BigIntegerField()
    after_grosze = models.BigIntegerField()
    at = models.DateTimeField()

    DATA = {
        "public_id": "id",
        "referral": "id",
        "person": "id",
        "before": "id",
        "after": "id",
        "before_grosze": "number",
        "after_grosze": "number",
        "at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "after"], name="version_taken_once")
        ]
