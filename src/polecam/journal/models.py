"""Events, their seals, and how far each reader has read."""

from django.db import models

from polecam.store.triggers import append_only


class Event(models.Model):
    """An immutable fact. Carries ids, enums, integers and dates only; never a name or free text.

    No foreign keys, so that erasing people never breaks the chain. `commitment` is an HMAC of
    free text kept elsewhere in an erasable row, with a nonce erased together with it. `txid` is
    PostgreSQL's transaction number: readers stop before transactions that may still commit.
    """

    kind = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=30)
    subject = models.CharField(max_length=15)
    by_id = models.BigIntegerField(null=True)
    branch_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    data = models.JSONField(default=dict)
    commitment = models.CharField(max_length=64, blank=True)
    txid = models.BigIntegerField(default=0)

    DATA = {
        "kind": "enum",
        "subject_type": "enum",
        "subject": "id",
        "by_id": "id",
        "branch_id": "id",
        "at": "date",
        "recorded_at": "date",
        "data": "id",
        "commitment": "id",
        "txid": "number",
    }

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject", "id"], name="event_subject"),
            models.Index(fields=["kind", "branch_id", "id"], name="event_kind_branch"),
            models.Index(fields=["recorded_at"], name="event_recorded"),
            models.Index(fields=["txid", "id"], name="event_reading_order"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Seal(models.Model):
    """One day of the journal, closed: the Merkle root of its events, chained to the seal before.

    `leaves` keeps each event's id and leaf hash (40 bytes each), so that a change is not only found
    but named. Lists defer it.
    """

    day = models.DateField(unique=True)
    first_event_id = models.BigIntegerField()
    last_event_id = models.BigIntegerField()
    events = models.IntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    leaves = models.BinaryField()
    sealed_at = models.DateTimeField()

    DATA = {
        "day": "date",
        "first_event_id": "id",
        "last_event_id": "id",
        "events": "number",
        "root": "id",
        "previous": "id",
        "digest": "id",
        "leaves": "id",
        "sealed_at": "date",
    }

    def __str__(self) -> str:
        return f"{self.day}"


class Cursor(models.Model):
    """How far one reader (worker task) has drained the journal, and which worker leases it.

    Events are read in the order (txid, id), the only one in which PostgreSQL never shows a row
    before an already read one. A database restored elsewhere starts with txid 0 in both tables.
    """

    reader = models.CharField(max_length=40, unique=True)
    last_txid = models.BigIntegerField(default=0)
    last_event_id = models.BigIntegerField(default=0)
    failures = models.IntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=32, blank=True)

    DATA = {
        "reader": "enum",
        "last_txid": "number",
        "last_event_id": "id",
        "failures": "number",
        "retry_at": "date",
        "leased_until": "date",
        "leased_by": "id",
    }

    def __str__(self) -> str:
        return self.reader


class DeadLetter(models.Model):
    """An event a reader gave up on after its retries; shown to the admin.

    `again_at`: the admin asked for one more try, which the worker makes.
    """

    reader = models.CharField(max_length=40)
    event_id = models.BigIntegerField()
    error = models.CharField(max_length=80)
    at = models.DateTimeField()
    again_at = models.DateTimeField(null=True)

    DATA = {
        "reader": "enum",
        "event_id": "id",
        "error": "enum",
        "at": "date",
        "again_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "event_id"], name="dead_letter_once")
        ]

    def __str__(self) -> str:
        return f"{self.reader} {self.event_id}"


class ActionKey(models.Model):
    """An action done once: the same key with the same payload has one effect (kept 90 days)."""

    actor = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    payload = models.CharField(max_length=64)
    result = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    DATA = {"actor": "id", "key": "id", "payload": "id", "result": "id", "at": "date"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="action_key_once")]
        indexes = [models.Index(fields=["at"], name="action_key_at")]

    def __str__(self) -> str:
        return self.key


append_only("journal_event")
append_only("journal_seal")
