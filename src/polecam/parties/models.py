"""Who someone is: clients and recommended people alike are parties."""

from django.db import models

from polecam.kit import names
from polecam.people.models import Person
from polecam.store import crypto
from polecam.store.fields import Sealed, SealedField, public_id


class Party(models.Model):
    """A person or firm. Names are searchable by key; phone and e-mail are ciphertext + HMAC.

    `phone_index` may stand without a sealed number: an imported, not yet consented person.
    `same_as`: the record this one was found to be the same person as; never a chain. Nothing moves
    when two records are merged, so that unmerging is to forget the pointer.
    """

    public_id = public_id()
    first_name = models.CharField(max_length=60, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    form = models.CharField(max_length=1, default="n")
    name_key = models.CharField(max_length=150, blank=True)
    name_key2 = models.CharField(max_length=150, blank=True)
    phone_sealed = SealedField(blank=True)
    phone_index = models.CharField(max_length=40, blank=True)
    email_sealed = SealedField(blank=True)
    email_index = models.CharField(max_length=40, blank=True)
    nonce = models.CharField(max_length=32, blank=True)
    same_as = models.ForeignKey("self", null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    phone = Sealed("phone_sealed")
    email = Sealed("email_sealed")

    DATA = {
        "public_id": "id",
        "first_name": "personal",
        "last_name": "personal",
        "form": "personal",
        "name_key": "personal",
        "name_key2": "personal",
        "phone_sealed": "contact",
        "phone_index": "contact",
        "email_sealed": "contact",
        "email_index": "contact",
        "nonce": "secret",
        "same_as": "id",
        "created_at": "date",
        "erased_at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(same_as=None) | ~models.Q(same_as=models.F("id")),
                name="party_not_same_as_itself",
            )
        ]
        indexes = [
            models.Index(fields=["name_key"], name="party_name"),
            models.Index(fields=["name_key2"], name="party_name2"),
            # whole, not partial: SQLite uses a partial one only if the query repeats its condition
            models.Index(fields=["phone_index"], name="party_phone"),
            models.Index(fields=["email_index"], name="party_email"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    def set_name(self, first: str, last: str) -> None:
        """Set the name and its search keys; what nobody sees in it goes (`names.plain`)."""
        self.first_name, self.last_name = names.plain(first), names.plain(last)
        self.name_key, self.name_key2 = names.keys(self.first_name, self.last_name)

    def set_phone(self, number: str) -> None:
        """Seal an E.164 number and index it; empty clears both."""
        self.phone = number
        self.phone_index = crypto.phone_index(number)

    def set_email(self, address: str) -> None:
        """Seal an address and index it; empty clears both."""
        self.email = address
        self.email_index = crypto.email_index(address)


class FoundBy(models.TextChoices):
    """What came across two records that may be one person."""

    CONSENT = "consent"
    IMPORT = "import"
    BATCH = "batch"
    PERSON = "person"


class MatchState(models.TextChoices):
    """open (a human is asked) -> same / different; or voided by an erasure."""

    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"
    VOID = "void"


class Match(models.Model):
    """Two records that may be one person (`one` the older), how alike, and what was decided.

    `decided_by` null with a decision: the score was above the threshold. `reasons`: codes of what
    is alike, never values.
    """

    public_id = public_id()
    one = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    score_bp = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    found_by = models.CharField(max_length=7, choices=FoundBy.choices)
    found_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=MatchState.choices, default=MatchState.OPEN)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "one": "id",
        "other": "id",
        "score_bp": "number",
        "reasons": "enum",
        "found_by": "enum",
        "found_at": "date",
        "state": "enum",
        "decided_by": "id",
        "decided_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="match_once_per_pair"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="match_older_first"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=MatchState.values), name="match_state"
            ),
        ]
        indexes = [models.Index(fields=["state", "-score_bp"], name="match_open")]


class Merge(models.Model):
    """One record was joined to another (`kept`); undone by forgetting the pointer again."""

    public_id = public_id()
    kept = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    merged = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    match = models.ForeignKey(Match, null=True, on_delete=models.SET_NULL)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "kept": "id",
        "merged": "id",
        "match": "id",
        "by": "id",
        "at": "date",
        "undone_by": "id",
        "undone_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=models.Q(undone_at=None),
                name="one_standing_merge_per_record",
            ),
            models.CheckConstraint(
                condition=~models.Q(kept=models.F("merged")), name="merge_of_two_records"
            ),
        ]
