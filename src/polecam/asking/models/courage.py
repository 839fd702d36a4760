"""The courage meter: what a seller expected to hear. Sealed for that seller alone."""

from django.db import models

from polecam.asking.models.asks import Ask
from polecam.people.models import Person
from polecam.store.fields import SealedField, public_id


class Guess(models.Model):
    """How likely a yes seemed before an ask, in words of `asking.courage`; sealed per seller.

    Read and written only by `asking.courage`, which opens it with the seller's own key; nobody
    else's query returns it (invariant 21). `ask` is null until the ask is made; "not now" is a
    row as well, and looks the same from outside.
    """

    public_id = public_id()
    seller = models.ForeignKey(Person, on_delete=models.CASCADE)
    ask = models.OneToOneField(Ask, null=True, on_delete=models.CASCADE)
    said_sealed = SealedField()
    at = models.DateTimeField()

    DATA = {
        "public_id": "id",
        "seller": "id",
        "ask": "id",
        "said_sealed": "secret",
        "at": "date",
    }

    class Meta:
        indexes = [models.Index(fields=["seller", "at"], name="guess_seller")]


class CourageChoice(models.Model):
    """A seller who does not want to be asked what they expect to hear (or wants to again)."""

    seller = models.OneToOneField(Person, on_delete=models.CASCADE)
    asked = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    DATA = {"seller": "id", "asked": "enum", "changed_at": "date"}
