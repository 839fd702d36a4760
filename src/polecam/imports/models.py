"""One import of one file: how it is read, how far it got, what was rejected."""

from django.db import models

from polecam.files.models import Upload
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.store.fields import Sealed, SealedField, public_id


class ImportKind(models.TextChoices):
    """What the rows are."""

    CLIENTS = "clients"
    REFERRALS = "referrals"
    SALES = "sales"
    MOMENTS = "moments"


class ImportState(models.TextChoices):
    """How far an import is."""

    PREVIEW = "preview"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Import(models.Model):
    """A file on its way in: preview -> queued -> running -> done. Resumable by `next_line`.

    `repeated`: rows that spoke again of a client whom a row above had named.
    """

    public_id = public_id()
    kind = models.CharField(max_length=10, choices=ImportKind.choices)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=ImportState.choices, default=ImportState.PREVIEW
    )
    dry_run = models.BooleanField(default=False)
    total = models.IntegerField(default=0)
    next_line = models.IntegerField(default=0)
    created = models.IntegerField(default=0)
    updated = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    repeated = models.IntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=40, blank=True)

    DATA = {
        "public_id": "id",
        "kind": "enum",
        "branch": "id",
        "upload": "id",
        "by": "id",
        "mapping": "text",
        "options": "text",
        "state": "enum",
        "dry_run": "enum",
        "total": "number",
        "next_line": "number",
        "created": "number",
        "updated": "number",
        "unchanged": "number",
        "rejected": "number",
        "repeated": "number",
        "leased_until": "date",
        "created_at": "date",
        "finished_at": "date",
        "problem": "enum",
    }


class RejectedRow(models.Model):
    """A row that could not be taken: line, reason, and the row itself, sealed, for 30 days."""

    public_id = public_id()
    job = models.ForeignKey(Import, on_delete=models.CASCADE)
    line = models.IntegerField()
    reason = models.CharField(max_length=40)
    column = models.CharField(max_length=40, blank=True)
    row_sealed = SealedField(blank=True)
    row = Sealed("row_sealed")

    DATA = {
        "public_id": "id",
        "job": "id",
        "line": "number",
        "reason": "enum",
        "column": "enum",
        "row_sealed": "contact",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "line"], name="rejected_row_once")]


class Told(models.Model):
    """Known clients of whom one chunk of a file spoke: ids, eight bytes each; until it is done."""

    job = models.ForeignKey(Import, on_delete=models.CASCADE)
    line = models.IntegerField()
    clients = models.BinaryField()

    DATA = {"job": "id", "line": "number", "clients": "id"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "line"], name="told_once_a_chunk")]


class Shape(models.Model):
    """How a file with these headings was read last time, so that the next one needs no choosing.

    Holds headings as a keyed hash and names of fields only, never a cell.
    """

    kind = models.CharField(max_length=10, choices=ImportKind.choices)
    headings = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    used_at = models.DateTimeField()
    used_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    times = models.PositiveIntegerField(default=1)

    DATA = {
        "kind": "enum",
        "headings": "id",
        "mapping": "text",
        "options": "text",
        "used_at": "date",
        "used_by": "id",
        "times": "number",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "headings"], name="shape_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=ImportKind.values), name="shape_kind"
            ),
        ]


class FeedSource(models.TextChoices):
    """Where a nightly file is fetched from."""

    FOLDER = "folder"
    HTTPS = "https"


class Feed(models.Model):
    """A file that another system leaves every night: where, when, and how it is read."""

    public_id = public_id()
    name = models.CharField(max_length=80)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, choices=ImportKind.choices)
    source = models.CharField(max_length=6, choices=FeedSource.choices)
    place_sealed = SealedField(blank=True)
    place = Sealed("place_sealed")
    login_sealed = SealedField(blank=True)
    login = Sealed("login_sealed")
    hour = models.PositiveSmallIntegerField(default=3)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "name": "text",
        "branch": "id",
        "kind": "enum",
        "source": "enum",
        "place_sealed": "contact",
        "login_sealed": "contact",
        "hour": "number",
        "mapping": "text",
        "options": "text",
        "made_by": "id",
        "made_at": "date",
        "paused_at": "date",
        "closed_at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=ImportKind.values)
                & models.Q(source__in=FeedSource.values)
                & models.Q(hour__lt=24),
                name="feed_kind_source_hour",
            )
        ]


class FeedRun(models.Model):
    """One try of a feed on one day: the import it began, or why there was none."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE)
    day = models.DateField()
    at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64, blank=True)
    job = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL)
    problem = models.CharField(max_length=40, blank=True)
    done = models.BooleanField(default=False)

    DATA = {
        "feed": "id",
        "day": "date",
        "at": "date",
        "tries": "number",
        "digest": "id",
        "job": "id",
        "problem": "enum",
        "done": "enum",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "day"], name="feed_run_once_a_day")]
