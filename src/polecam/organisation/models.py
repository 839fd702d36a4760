"""The firm, its branches, and its settings as dated rows."""

from django.db import models

from polecam.store.fields import public_id


class Organisation(models.Model):
    """The one firm of this database."""

    public_id = public_id()
    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=40, default="Europe/Warsaw")
    currency = models.CharField(max_length=3, default="PLN")
    language = models.CharField(max_length=2, default="pl")
    business = models.CharField(max_length=20, default="bank")
    regulated = models.BooleanField(default=True)
    address = models.CharField(max_length=200, blank=True)
    privacy_contact = models.CharField(max_length=200, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    DATA = {
        "public_id": "id",
        "name": "text",
        "zone": "enum",
        "currency": "enum",
        "language": "enum",
        "business": "enum",
        "regulated": "enum",
        "address": "text",
        "privacy_contact": "text",
        "is_demo": "enum",
        "created_at": "date",
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_organisation")]

    def __str__(self) -> str:
        return self.name


class Level(models.TextChoices):
    """How high a place of the tree stands."""

    REGION = "region"
    BRANCH = "branch"
    TEAM = "team"


class Branch(models.Model):
    """A place of the tree region -> branch -> team; where it hangs, and since when: Placement."""

    public_id = public_id()
    name = models.CharField(max_length=80)
    city = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=6, choices=Level.choices, default=Level.BRANCH)
    created_at = models.DateTimeField()
    closed_on = models.DateField(null=True)

    DATA = {
        "public_id": "id",
        "name": "text",
        "city": "text",
        "level": "enum",
        "created_at": "date",
        "closed_on": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="branch_level")
        ]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """A place of the tree hangs below `parent` from `since` until `until` (days of the firm,
    half-open; null = still). Without a row it stands directly below the firm."""

    public_id = public_id()
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    made_by_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    why = models.CharField(max_length=200, blank=True)

    DATA = {
        "public_id": "id",
        "branch": "id",
        "parent": "id",
        "since": "date",
        "until": "date",
        "made_by_id": "id",
        "made_at": "date",
        "why": "text",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["branch"], condition=models.Q(until=None), name="placement_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="placement_has_length",
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("branch")), name="placement_below_another"
            ),
        ]
        indexes = [models.Index(fields=["branch", "since"], name="placement_of_branch")]


class Setting(models.Model):
    """One value of one setting from a moment on; history is kept. Branch null = the whole firm."""

    key = models.CharField(max_length=40)
    value = models.JSONField(null=True)  # null: taken back, as if never entered
    branch = models.ForeignKey(Branch, null=True, blank=True, on_delete=models.PROTECT)
    valid_from = models.DateTimeField()
    set_by_id = models.BigIntegerField(null=True)
    set_at = models.DateTimeField()
    why = models.CharField(max_length=200, blank=True)

    DATA = {
        "key": "enum",
        "value": "number",
        "branch": "id",
        "valid_from": "date",
        "set_by_id": "id",
        "set_at": "date",
        "why": "text",
    }

    class Meta:
        indexes = [models.Index(fields=["key", "branch", "valid_from"], name="setting_lookup")]

    def __str__(self) -> str:
        return self.key
