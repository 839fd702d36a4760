"""Contested credit: raised in two taps, decided by someone who is no party, appealed once."""

from django.db import models

from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.store.fields import public_id
from polecam.store.triggers import append_only


class DisputeAbout(models.TextChoices):
    """From where it was raised."""

    REFERRAL = "referral"
    LINE = "line"
    HANDOFF = "handoff"


class DisputeReason(models.TextChoices):
    """What does not add up."""

    BROUGHT = "brought"
    WORKED = "worked"
    SPLIT = "split"
    AMOUNT = "amount"
    CLIENT = "client"
    OTHER = "other"


class DisputeState(models.TextChoices):
    """open -> decided -> (appealed -> decided) -> closed; or withdrawn by whoever raised it."""

    OPEN = "open"
    DECIDED = "decided"
    APPEALED = "appealed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


RUNNING_DISPUTES = (DisputeState.OPEN, DisputeState.DECIDED, DisputeState.APPEALED)


class Dispute(models.Model):
    """A contested part of a referral's credit.

    `claimed_bp`: the part the raiser says is theirs; only what it exceeds their present part by
    is contested, and only that waits (bonuses.Suspense). `subject`: public id of the line or
    hand-off it was raised from, or of the raiser's own further recommendation of the same person:
    then the sides do not know each other (claims.disputes.queries.is_blind). `decider` is nobody's
    party; `level`: how many times it went up.
    `note` is erasable; the journal holds an HMAC of it over `nonce`.
    """

    public_id = public_id()
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=8, choices=DisputeAbout.choices)
    subject = models.CharField(max_length=15, blank=True)
    reason = models.CharField(max_length=8, choices=DisputeReason.choices)
    claimed_bp = models.PositiveIntegerField()
    contested_bp = models.PositiveIntegerField()
    note = models.CharField(max_length=400, blank=True)
    nonce = models.CharField(max_length=32, blank=True)
    state = models.CharField(max_length=9, choices=DisputeState.choices, default=DisputeState.OPEN)
    decider = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(default=0)
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "referral": "id",
        "branch": "id",
        "raised_by": "id",
        "about": "enum",
        "subject": "id",
        "reason": "enum",
        "claimed_bp": "number",
        "contested_bp": "number",
        "note": "personal",
        "nonce": "secret",
        "state": "enum",
        "decider": "id",
        "level": "number",
        "raised_at": "date",
        "due_at": "date",
        "reminded_at": "date",
        "ended_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=models.Q(state__in=RUNNING_DISPUTES),
                name="one_running_dispute_per_referral",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=DisputeState.values), name="dispute_state"
            ),
            models.CheckConstraint(
                condition=models.Q(contested_bp__lte=10_000) & models.Q(claimed_bp__lte=10_000),
                name="dispute_within_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(decider=None) | ~models.Q(decider=models.F("raised_by")),
                name="dispute_decided_by_someone_else",
            ),
        ]
        indexes = [
            models.Index(fields=["decider", "state"], name="dispute_decider"),
            models.Index(fields=["branch", "raised_at"], name="dispute_branch"),
        ]


class DisputeParty(models.Model):
    """Somebody whose credit it is about, and what they say; both sides read the same page.

    `accepted_at`: agrees to the first decision, which is final once everyone at stake does.
    `appeal`: why whoever appealed does, from `appealed_at`. `nonce`: of both texts' HMACs.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    before_bp = models.PositiveIntegerField(default=0)
    statement = models.CharField(max_length=400, blank=True)
    nonce = models.CharField(max_length=32, blank=True)
    stated_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    appeal = models.CharField(max_length=400, blank=True)
    appealed_at = models.DateTimeField(null=True)

    DATA = {
        "dispute": "id",
        "person": "id",
        "before_bp": "number",
        "statement": "personal",
        "nonce": "secret",
        "stated_at": "date",
        "accepted_at": "date",
        "appeal": "personal",
        "appealed_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "person"], name="dispute_party_once")
        ]
        indexes = [models.Index(fields=["person"], name="dispute_party_person")]


class DisputeEvidence(models.Model):
    """A journal event that was there when the dispute was raised: collected by itself."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE)
    event_id = models.BigIntegerField()

    DATA = {"dispute": "id", "event_id": "id"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "event_id"], name="dispute_evidence_once")
        ]


class DisputeRule(models.TextChoices):
    """The rule a decision applied; each has its words on the page."""

    FIRST_CONSENT = "first_consent"
    AUTHORSHIP = "authorship"
    FLOOR = "floor"
    AGREEMENT = "agreement"
    WORK = "work"
    PLAN = "plan"
    MISTAKE = "mistake"


class Outcome(models.TextChoices):
    """What became of what the raiser asked for."""

    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"


class DisputeDecision(models.Model):
    """A decision, or the one after the appeal (`number` 2): the rule applied, in words.

    `share_set`: the number of the set of shares it brought about (null: nothing changed).
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE)
    number = models.PositiveSmallIntegerField()
    decider = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    rule = models.CharField(max_length=14, choices=DisputeRule.choices)
    words = models.CharField(max_length=600, blank=True)
    nonce = models.CharField(max_length=32, blank=True)
    granted_bp = models.PositiveIntegerField(default=0)
    share_set = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()

    DATA = {
        "dispute": "id",
        "number": "number",
        "decider": "id",
        "outcome": "enum",
        "rule": "enum",
        "words": "personal",
        "nonce": "secret",
        "granted_bp": "number",
        "share_set": "number",
        "at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "number"], name="dispute_decision_once"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1) & models.Q(number__lte=2),
                name="dispute_appealed_once",
            ),
        ]


append_only("claims_disputeevidence")
