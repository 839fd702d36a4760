"""Giving a referral to a colleague: offer, answer, the friend's own word, and the way back."""

from django.db import models

from polecam.claims.models.shares import ShareRole
from polecam.clients.models import Client
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.store.fields import public_id


class HandoffKind(models.TextChoices):
    """Why a colleague fits better; each kind has its usual split (a setting)."""

    PRODUCT = "product"
    LANGUAGE = "language"
    PLACE = "place"
    ABSENCE = "absence"
    LEAVING = "leaving"
    OTHER = "other"


class HandoffState(models.TextChoices):
    """proposed (by the boss, waits for its holder) -> offered -> accepted (waits for the friend)
    -> done (-> returned, after an absence); or declined, expired, withdrawn."""

    PROPOSED = "proposed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DONE = "done"
    RETURNED = "returned"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


OPEN_HANDOFFS = (HandoffState.PROPOSED, HandoffState.OFFERED, HandoffState.ACCEPTED)


class BulkState(models.TextChoices):
    """draft (a preview) -> running -> done -> undoing -> undone; or dropped."""

    DRAFT = "draft"
    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    DROPPED = "dropped"


class BulkWhy(models.TextChoices):
    """Why a whole portfolio moves."""

    LEAVING = "leaving"
    DIVISION = "division"


class BulkHandoff(models.Model):
    """Who gets what when somebody leaves or a portfolio is divided: one undoable operation."""

    public_id = public_id()
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=8, choices=BulkWhy.choices)
    state = models.CharField(max_length=7, choices=BulkState.choices, default=BulkState.DRAFT)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "branch": "id",
        "giver": "id",
        "why": "enum",
        "state": "enum",
        "made_by": "id",
        "made_at": "date",
        "done_at": "date",
        "undone_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["giver"], condition=models.Q(state="draft"), name="one_draft_per_giver"
            )
        ]


class Handoff(models.Model):
    """One referral offered by its holder (`giver`) to `receiver`, or to whoever fits (null).

    The split stands in `HandoffShare` and is seen by both before the answer. `floor_bp`: below it
    the originator's part never falls afterwards. `names_branch`: the friend's consent named the
    branch, so no further word of theirs is needed; else the claim moves at `friend_at`. `until`:
    an absence's end, when the referral goes back by itself. `wanted_*`: whom it would fit.
    """

    public_id = public_id()
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    bulk = models.ForeignKey(BulkHandoff, null=True, on_delete=models.PROTECT)
    kind = models.CharField(max_length=8, choices=HandoffKind.choices)
    wanted_language = models.CharField(max_length=2, blank=True)
    wanted_product = models.CharField(max_length=30, blank=True)
    wanted_place = models.CharField(max_length=60, blank=True)
    floor_bp = models.PositiveIntegerField()
    names_branch = models.BooleanField(default=False)
    note = models.CharField(max_length=240, blank=True)
    nonce = models.CharField(max_length=32, blank=True)
    state = models.CharField(
        max_length=9, choices=HandoffState.choices, default=HandoffState.OFFERED
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    friend_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    asked_friend_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "referral": "id",
        "branch": "id",
        "giver": "id",
        "receiver": "id",
        "proposed_by": "id",
        "bulk": "id",
        "kind": "enum",
        "wanted_language": "enum",
        "wanted_product": "enum",
        "wanted_place": "text",
        "floor_bp": "number",
        "names_branch": "enum",
        "note": "personal",
        "nonce": "secret",
        "state": "enum",
        "made_at": "date",
        "expires_at": "date",
        "answered_at": "date",
        "friend_at": "date",
        "done_at": "date",
        "ended_at": "date",
        "until": "date",
        "asked_friend_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=models.Q(state__in=OPEN_HANDOFFS),
                name="one_open_handoff_per_referral",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=HandoffState.values), name="handoff_state"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=HandoffKind.values), name="handoff_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(receiver=None) | ~models.Q(receiver=models.F("giver")),
                name="handoff_to_someone_else",
            ),
            models.CheckConstraint(
                condition=models.Q(floor_bp__lte=10_000), name="handoff_floor_within_whole"
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "state"], name="handoff_receiver"),
            models.Index(fields=["giver", "state"], name="handoff_giver"),
            models.Index(fields=["branch", "state"], name="handoff_branch"),
        ]


class HandoffShare(models.Model):
    """One part of the split of a hand-off; `person` null stands for whoever accepts."""

    handoff = models.ForeignKey(Handoff, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    role = models.CharField(max_length=12, choices=ShareRole.choices)
    share_bp = models.PositiveIntegerField()

    DATA = {"handoff": "id", "person": "id", "role": "enum", "share_bp": "number"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handoff", "person"], name="handoff_share_once"),
            models.CheckConstraint(
                condition=models.Q(share_bp__gt=0) & models.Q(share_bp__lte=10_000),
                name="handoff_share_within_whole",
            ),
        ]


class BulkItem(models.Model):
    """One client or one open referral of a bulk hand-off, who gets it, and how to undo it.

    `before_*` and `after_*`: what stood before and what was made (numbers of sets, ids of claims).
    `moved`: it is with its receiver; after an undo: left there, because something has happened.
    """

    bulk = models.ForeignKey(BulkHandoff, on_delete=models.CASCADE)
    client = models.ForeignKey(Client, null=True, on_delete=models.PROTECT)
    referral = models.ForeignKey(Referral, null=True, on_delete=models.PROTECT)
    receiver = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    before_owner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    before_set = models.PositiveSmallIntegerField(null=True)
    after_set = models.PositiveSmallIntegerField(null=True)
    before_claim = models.BigIntegerField(null=True)
    after_claim = models.BigIntegerField(null=True)
    moved = models.BooleanField(default=False)

    DATA = {
        "bulk": "id",
        "client": "id",
        "referral": "id",
        "receiver": "id",
        "before_owner": "id",
        "before_set": "number",
        "after_set": "number",
        "before_claim": "id",
        "after_claim": "id",
        "moved": "enum",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bulk", "client"],
                condition=models.Q(client__isnull=False),
                name="bulk_client_once",
            ),
            models.UniqueConstraint(
                fields=["bulk", "referral"],
                condition=models.Q(referral__isnull=False),
                name="bulk_referral_once",
            ),
            models.CheckConstraint(
                condition=models.Q(client=None, referral__isnull=False)
                | models.Q(client__isnull=False, referral=None),
                name="bulk_item_is_one_thing",
            ),
        ]
