"""Uploaded files: encrypted at rest, random names outside the web root."""

from django.db import models

from polecam.people.models import Person
from polecam.store.fields import public_id


class Upload(models.Model):
    """A file someone uploaded; its bytes lie encrypted under MEDIA_ROOT as `<public_id>`."""

    public_id = public_id()
    name = models.CharField(max_length=120)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "name": "text",
        "size": "number",
        "digest": "id",
        "by": "id",
        "at": "date",
        "deleted_at": "date",
    }
