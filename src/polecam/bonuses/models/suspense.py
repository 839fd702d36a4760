"""The contested part of a line: it waits until the dispute is decided, then it moves."""

from django.db import models

from polecam.bonuses.models.ledger import LedgerTransaction, Line
from polecam.claims.models import Dispute
from polecam.store.fields import public_id


class Suspense(models.Model):
    """`amount_grosze` of one line waits in its seller's account `disputed` (kwota wstrzymana).

    `holding` took it aside, `release` gave it back to the line's seller. A decision that changes
    the shares then takes the facts back and credits them anew, in the next round: the wholes are
    the same, so a dispute conserves money (invariant 14).
    """

    public_id = public_id()
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT)
    line = models.ForeignKey(Line, on_delete=models.PROTECT)
    amount_grosze = models.BigIntegerField()
    holding = models.ForeignKey(
        LedgerTransaction, on_delete=models.PROTECT, related_name="held_suspense"
    )
    release = models.ForeignKey(
        LedgerTransaction, null=True, on_delete=models.PROTECT, related_name="released_suspense"
    )
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    DATA = {
        "public_id": "id",
        "dispute": "id",
        "line": "id",
        "amount_grosze": "number",
        "holding": "id",
        "release": "id",
        "at": "date",
        "ended_at": "date",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=models.Q(ended_at=None), name="one_suspense_per_line"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_grosze__gt=0), name="suspense_above_zero"
            ),
        ]
