"""How the credit of a referral is shared, to the basis point, and who agreed to what."""

from django.db import models

from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.store.fields import public_id
from polecam.store.triggers import append_only


class ShareRole(models.TextChoices):
    """What a seller did for a referral (a mentor's extra has its own budget, see `Extra`)."""

    INTRODUCER = "introducer"
    OPENER = "opener"
    CLOSER = "closer"


class ShareReason(models.TextChoices):
    """Why a set of shares began."""

    CAPTURE = "capture"
    REUSE = "reuse"
    HANDOFF = "handoff"
    AGREED = "agreed"
    DISPUTE = "dispute"
    LEAVING = "leaving"
    UNDONE = "undone"


class CreditShare(models.Model):
    """One seller's part of a referral's credit in one set; the parts of a set sum to 10,000 bp.

    The set with the highest number is in force from `at`; sets are never changed, only followed.
    `floor_bp`: below it this seller's part never falls without their recorded consent (invariant
    6). `source`: the public id of the hand-off, proposal, dispute or bulk hand-off behind the set.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    role = models.CharField(max_length=12, choices=ShareRole.choices, default=ShareRole.INTRODUCER)
    share_bp = models.PositiveIntegerField()
    floor_bp = models.PositiveIntegerField(default=0)
    reason = models.CharField(
        max_length=8, choices=ShareReason.choices, default=ShareReason.CAPTURE
    )
    source = models.CharField(max_length=15, blank=True)
    at = models.DateTimeField()

    DATA = {
        "referral": "id",
        "number": "number",
        "person": "id",
        "role": "enum",
        "share_bp": "number",
        "floor_bp": "number",
        "reason": "enum",
        "source": "id",
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
            models.CheckConstraint(
                condition=models.Q(floor_bp__lte=models.F("share_bp")), name="share_keeps_floor"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=ShareRole.values), name="share_role"
            ),
            models.CheckConstraint(
                condition=models.Q(reason__in=ShareReason.values), name="share_reason"
            ),
        ]
        indexes = [models.Index(fields=["person", "referral"], name="share_person")]


append_only("claims_creditshare")


class ProposalState(models.TextChoices):
    """open -> agreed (everyone who loses said yes) / declined / withdrawn / expired."""

    OPEN = "open"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ProposalReason(models.TextChoices):
    """Why somebody proposes other shares."""

    JOINT = "joint"
    SECOND = "second"
    CORRECTION = "correction"
    OTHER = "other"


class ShareProposal(models.Model):
    """A new set of shares somebody proposes; in force once everyone who loses has agreed.

    `base`: the number of the set it was made against; a later set makes it void. `note` is
    erasable; the journal holds an HMAC of it over `nonce`.
    """

    public_id = public_id()
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=ProposalReason.choices)
    base = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=240, blank=True)
    nonce = models.CharField(max_length=32, blank=True)
    state = models.CharField(
        max_length=9, choices=ProposalState.choices, default=ProposalState.OPEN
    )
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "referral": "id",
        "proposed_by": "id",
        "reason": "enum",
        "base": "number",
        "note": "personal",
        "nonce": "secret",
        "state": "enum",
        "at": "date",
        "expires_at": "date",
        "ended_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=models.Q(state="open"),
                name="one_open_proposal_per_referral",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ProposalState.values), name="proposal_state"
            ),
        ]


class ProposedShare(models.Model):
    """One part of a proposed set, and whether its seller agreed (null: not asked or not yet)."""

    proposal = models.ForeignKey(ShareProposal, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    role = models.CharField(max_length=12, choices=ShareRole.choices)
    share_bp = models.PositiveIntegerField()
    before_bp = models.PositiveIntegerField(default=0)
    agreed = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)

    DATA = {
        "proposal": "id",
        "person": "id",
        "role": "enum",
        "share_bp": "number",
        "before_bp": "number",
        "agreed": "enum",
        "answered_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="proposed_share_once"),
            models.CheckConstraint(
                condition=models.Q(share_bp__lte=10_000), name="proposed_share_within_whole"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=models.Q(agreed=None), name="proposed_share_waits"
            )
        ]


class ExtraRole(models.TextChoices):
    """Who may get an extra beside the 10,000."""

    MENTOR = "mentor"
    LEADER = "leader"


class ExtraBudget(models.Model):
    """What a branch may give mentors and leaders in one month; never below zero (invariant 13)."""

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    month = models.CharField(max_length=7)
    granted_grosze = models.BigIntegerField()
    used_grosze = models.BigIntegerField(default=0)

    DATA = {"branch": "id", "month": "date", "granted_grosze": "number", "used_grosze": "number"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["branch", "month"], name="extra_budget_once"),
            models.CheckConstraint(
                condition=models.Q(used_grosze__gte=0)
                & models.Q(used_grosze__lte=models.F("granted_grosze")),
                name="extra_budget_not_overdrawn",
            ),
        ]


class Extra(models.Model):
    """A mentor's or leader's extra for helping with a referral: from its own budget."""

    public_id = public_id()
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    role = models.CharField(max_length=6, choices=ExtraRole.choices)
    budget = models.ForeignKey(ExtraBudget, on_delete=models.PROTECT)
    amount_grosze = models.BigIntegerField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    DATA = {
        "public_id": "id",
        "referral": "id",
        "person": "id",
        "role": "enum",
        "budget": "id",
        "amount_grosze": "number",
        "given_by": "id",
        "at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "person", "role"], name="extra_once_per_referral"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_grosze__gt=0), name="extra_above_zero"
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("given_by")), name="extra_not_to_oneself"
            ),
        ]
