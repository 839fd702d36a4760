"""The courage meter: what a seller expected to hear. Sealed for that seller alone."""

from django.db import models

from polecam.asking.models.asks import Ask
from polecam.people.models import Person
from polecam.store.fields import SealedField, public_id


class Guess(models.Model):
    """How likely a yes seemed before an ask, in words of `asking.courage`; sealed per seller.

    Read and written only by `asking.courage`, which opens it with the seller's own key; nobody
    else's query returns it (invariant 21).
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
