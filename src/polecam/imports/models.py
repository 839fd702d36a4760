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
    """A file on its way in: preview -> queued -> running -> done. Resumable by `next_line`."""

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
