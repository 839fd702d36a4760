"""What this room holds about one person, to export or erase."""

from datetime import datetime

from polecam.parties.models import Party
from polecam.sales.models import Complaint, Sale


def export(party: Party) -> dict:
    """Sales to the person and complaints on them: plain values, instants in ISO form."""
    sales = Sale.objects.filter(referral__party=party) | Sale.objects.filter(client__party=party)
    rows = list(sales.order_by("id"))
    complaints = Complaint.objects.filter(sale__in=rows).select_related("sale").order_by("id")
    return {
        "sales": [
            {
                "id": sale.public_id,
                "sold_on": sale.sold_on.isoformat(),
                "value_grosze": sale.value_grosze,
                "contract": sale.contract,
                "state": sale.state,
            }
            for sale in rows
        ],
        "complaints": [
            {
                "sale": complaint.sale.public_id,
                "ground": complaint.ground,
                "note": complaint.note,
                "decision": complaint.decision,
                "recorded_at": complaint.recorded_at.isoformat(),
                "upheld": complaint.upheld,
            }
            for complaint in complaints
        ],
    }


def erase(party: Party, at: datetime) -> int:
    """Clear contract numbers and words of complaints; amounts stay for the ledger. Rows touched.

    `at` is the moment of the erasure; the nonces go too, so the journal's HMACs prove nothing more.
    """
    sales = list(
        (
            Sale.objects.filter(referral__party=party) | Sale.objects.filter(client__party=party)
        ).values_list("pk", flat=True)
    )
    touched = Sale.objects.filter(pk__in=sales).update(contract="")
    return touched + Complaint.objects.filter(sale__in=sales).update(note="", decision="", nonce="")
