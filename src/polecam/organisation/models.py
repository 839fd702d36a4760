"""The firm, its branches, and its settings as dated rows."""

from django.db import models

from polecam.store.fields import public_id


class Organisation(models.Model):
    """The one firm of this database."""

    public_id = public_id()
    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=40, default="Europe/Warsaw")
    currency = models.CharField(max_length=3, default="PLN")
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


class Branch(models.Model):
    """A sales branch; the tree (region -> branch -> team) hangs on `parent`."""

    public_id = public_id()
    name = models.CharField(max_length=80)
    city = models.CharField(max_length=60, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    created_at = models.DateTimeField()

    DATA = {
        "public_id": "id",
        "name": "text",
        "city": "text",
        "parent": "id",
        "created_at": "date",
    }

    def __str__(self) -> str:
        return self.name


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
