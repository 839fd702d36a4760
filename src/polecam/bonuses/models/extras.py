"""Where a mentor's or leader's extra stands in the ledger."""

from django.db import models

from polecam.bonuses.models.ledger import LedgerTransaction
from polecam.claims.models import Extra


class ExtraPosting(models.Model):
    """`posting` made an extra payable; `taking_back` reversed it, unpaid, with its voided sale."""

    extra = models.OneToOneField(Extra, on_delete=models.PROTECT)
    posting = models.OneToOneField(LedgerTransaction, on_delete=models.PROTECT, related_name="+")
    taking_back = models.OneToOneField(
        LedgerTransaction, null=True, on_delete=models.PROTECT, related_name="+"
    )

    DATA = {"extra": "id", "posting": "id", "taking_back": "id"}
