"""Rate limits and signs of life, in the side database."""

from django.db import models


class Hit(models.Model):
    """How often a bucket (purpose + keyed hash of who) was used in one window."""

    bucket = models.CharField(max_length=80)
    window = models.BigIntegerField()
    count = models.IntegerField(default=1)

    DATA = {"bucket": "id", "window": "number", "count": "number"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bucket", "window"], name="hit_once")]


class Beat(models.Model):
    """When something that runs by itself was last alive."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    DATA = {"name": "enum", "at": "date"}
