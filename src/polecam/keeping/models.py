"""Which copies of the data were made, and which of them were tried."""

from django.db import models

from polecam.store.fields import public_id


class Cause(models.TextChoices):
    """Why a copy was made."""

    NIGHT = "night"
    ASKED = "asked"
    UPGRADE = "upgrade"
    MOVE = "move"


class Backup(models.Model):
    """One copy: a sealed file in the folder of copies, and whether restoring it was tried."""

    public_id = public_id()
    name = models.CharField(max_length=80, unique=True)
    cause = models.CharField(max_length=7, choices=Cause.choices)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    size = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    tried_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=40, blank=True)

    DATA = {
        "public_id": "id",
        "name": "enum",
        "cause": "enum",
        "began_at": "date",
        "ended_at": "date",
        "size": "number",
        "digest": "id",
        "tried_at": "date",
        "removed_at": "date",
        "problem": "enum",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(cause__in=Cause.values), name="backup_cause")
        ]
        indexes = [models.Index(fields=["began_at"], name="backup_began")]
