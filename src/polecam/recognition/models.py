"""Praise between colleagues, and the team's common goal."""

from django.db import models

from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.store.fields import public_id


class Praise(models.Model):
    """Kind words from one colleague to another, seen by their branch."""

    public_id = public_id()
    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    text = models.CharField(max_length=280)
    nonce = models.CharField(max_length=32)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "giver": "id",
        "receiver": "id",
        "branch": "id",
        "text": "personal",
        "nonce": "secret",
        "at": "date",
        "withdrawn_at": "date",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("receiver")), name="praise_is_for_another"
            )
        ]
        indexes = [models.Index(fields=["branch", "at"], name="praise_branch")]

    def __str__(self) -> str:
        return self.public_id


class Clap(models.Model):
    """A colleague joins a praise."""

    praise = models.ForeignKey(Praise, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    at = models.DateTimeField()

    DATA = {"praise": "id", "person": "id", "at": "date"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["praise", "person"], name="clap_once")]

    def __str__(self) -> str:
        return f"{self.praise_id} {self.person_id}"
