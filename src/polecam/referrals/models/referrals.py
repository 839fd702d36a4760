"""What grows from an invitation: referrals, contacts, meetings."""

from django.db import models

from polecam.asking.models import Ask
from polecam.clients.models import Client
from polecam.organisation.models import Branch
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.referrals.models.invitations import Invitation
from polecam.store.fields import public_id


class State(models.TextChoices):
    """Life of a referral (domain.md)."""

    CAPTURED = "captured"
    INVITED = "invited"
    CONSENTED = "consented"
    CONTACTED = "contacted"
    MEETING = "meeting"
    WON = "won"
    LOST = "lost"
    OBJECTED = "objected"
    EXPIRED = "expired"


class Kind(models.TextChoices):
    """How the referral came."""

    ASKED = "asked"
    SPONTANEOUS = "spontaneous"
    WALK_IN = "walk_in"
    IMPORTED = "imported"


class Warmth(models.TextChoices):
    """How far the client went: asked themselves only, told the friend, the friend waits."""

    ASKED = "asked"
    TOLD = "told"
    WAITS = "waits"


class Referral(models.Model):
    """An introduction of a prospect (`party`) by a client through a seller (`originator`).

    `originator` is permanent. `plan_version_id` is the bonus plan in force at capture. `party` is
    null once erased. `erase_at`: when an unanswered or inactive referral is erased.
    """

    public_id = public_id()
    invitation = models.ForeignKey(Invitation, null=True, on_delete=models.PROTECT)
    client = models.ForeignKey(Client, null=True, on_delete=models.PROTECT)
    party = models.ForeignKey(Party, null=True, on_delete=models.SET_NULL)
    originator = models.ForeignKey(Person, on_delete=models.PROTECT)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    ask = models.ForeignKey(Ask, null=True, on_delete=models.SET_NULL)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    need = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CAPTURED)
    second = models.BooleanField(default=False)
    warmth = models.CharField(max_length=5, choices=Warmth.choices, blank=True)
    plan_version_id = models.BigIntegerField(null=True)
    preferred_channel = models.CharField(max_length=5, blank=True)
    preferred_day = models.DateField(null=True)
    preferred_time = models.CharField(max_length=12, blank=True)
    next_step = models.CharField(max_length=20, blank=True)
    next_step_at = models.DateTimeField(null=True)
    lost_reason = models.CharField(max_length=20, blank=True)
    captured_at = models.DateTimeField()
    state_at = models.DateTimeField()
    consented_at = models.DateTimeField(null=True)
    erase_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "invitation": "id",
        "client": "id",
        "party": "id",
        "originator": "id",
        "branch": "id",
        "ask": "id",
        "kind": "enum",
        "need": "enum",
        "state": "enum",
        "second": "enum",
        "warmth": "enum",
        "plan_version_id": "id",
        "preferred_channel": "personal",
        "preferred_day": "personal",
        "preferred_time": "personal",
        "next_step": "enum",
        "next_step_at": "date",
        "lost_reason": "enum",
        "captured_at": "date",
        "state_at": "date",
        "consented_at": "date",
        "erase_at": "date",
        "erased_at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="referral_state"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="spontaneous", ask__isnull=True)
                | ~models.Q(kind="spontaneous"),
                name="spontaneous_has_no_ask",
            ),
        ]
        indexes = [
            models.Index(fields=["originator", "state", "state_at"], name="referral_originator"),
            models.Index(fields=["branch", "captured_at"], name="referral_branch"),
            models.Index(fields=["client"], name="referral_client"),
            models.Index(fields=["party"], name="referral_party"),
            models.Index(
                fields=["erase_at"],
                name="referral_erase",
                condition=models.Q(erase_at__isnull=False),
            ),
        ]


class Grant(models.Model):
    """Someone besides the originator may see a referral until `until` (holder, assistant, boss)."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    why = models.CharField(max_length=12)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    DATA = {"referral": "id", "person": "id", "why": "enum", "since": "date", "until": "date"}

    class Meta:
        indexes = [models.Index(fields=["person", "referral"], name="grant_person")]


class ContactResult(models.TextChoices):
    """What a contact came to."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"


class Contact(models.Model):
    """One logged attempt to reach the prospect."""

    public_id = public_id()
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE)
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    channel = models.CharField(max_length=5)
    result = models.CharField(max_length=12, choices=ContactResult.choices)
    at = models.DateTimeField()

    DATA = {
        "public_id": "id",
        "referral": "id",
        "by": "id",
        "channel": "enum",
        "result": "enum",
        "at": "date",
    }


class Meeting(models.Model):
    """A meeting with the prospect: planned, then held or missed; confirmed by someone else."""

    public_id = public_id()
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE)
    at = models.DateTimeField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    DATA = {
        "public_id": "id",
        "referral": "id",
        "at": "date",
        "set_by": "id",
        "held_at": "date",
        "missed_at": "date",
        "reminded_at": "date",
        "confirmed_at": "date",
        "confirmed_by": "id",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(held_at=None) | models.Q(missed_at=None),
                name="meeting_held_or_missed",
            )
        ]
        indexes = [models.Index(fields=["referral"], name="meeting_referral")]


class StageTally(models.Model):
    """Stages reached per branch, seller and month: kept by the actions, rebuildable."""

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE)
    seller = models.ForeignKey(Person, on_delete=models.CASCADE)
    month = models.CharField(max_length=7)
    asks = models.IntegerField(default=0)
    referrals = models.IntegerField(default=0)
    consents = models.IntegerField(default=0)
    meetings = models.IntegerField(default=0)
    sales = models.IntegerField(default=0)
    margin_grosze = models.BigIntegerField(default=0)

    DATA = {
        "branch": "id",
        "seller": "id",
        "month": "date",
        "asks": "number",
        "referrals": "number",
        "consents": "number",
        "meetings": "number",
        "sales": "number",
        "margin_grosze": "number",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["branch", "seller", "month"], name="stage_tally_once")
        ]
