"""What the journal knows about a contested referral: its events, and those of what hangs on it.

Nothing of the client's answers (their asker's alone), nothing of channels, numbers and amounts.
Of further recommendations of the same person only that there were any, and when; of the raiser's
own also how it came about.
"""

from django.db.models import Q, QuerySet

from polecam.claims.models import (
    Dispute,
    DisputeEvidence,
    Handoff,
    Receipt,
    ShareProposal,
)
from polecam.journal.models import Event, Seal
from polecam.privacy import queries as privacy
from polecam.referrals.models import Referral
from polecam.sales.models import Sale

OF_REFERRAL = (
    "referral.captured",
    "referral.imported",
    "referral.consented",
    "referral.second",
    "referral.contacted",
    "referral.meeting_set",
    "referral.meeting_held",
    "referral.meeting_confirmed",
    "referral.won",
    "referral.lost",
    "claim.made",
    "claim.extended",
    "claim.ended",
    "share.set",
)
OF_SALE = ("sale.reported", "sale.confirmed", "sale.voided")
OF_OWN = ("referral.captured", "referral.consented", "referral.second")
MOST = 200


def of(referral: Referral, own: str = "") -> QuerySet[Event]:
    """Events that bear on whose credit `referral` is, in their order.

    `own`: public id of the raiser's own further recommendation of the same person.
    """
    found = Q(subject_type="referral", subject=referral.public_id, kind__in=OF_REFERRAL)
    if referral.invitation is not None and not referral.invitation.reusable:
        found |= _invitation(referral.invitation.public_id)
    for model, name in ((Handoff, "handoff"), (ShareProposal, "shareproposal")):
        rows = model._default_manager.filter(referral=referral).values("public_id")
        found |= Q(subject_type=name, subject__in=rows)
    receipts = Receipt.objects.filter(referral__in=[referral.public_id, own or "-"])
    found |= Q(subject_type="receipt", subject__in=receipts.values("public_id"))
    sales = Sale.objects.filter(referral=referral).values("public_id")
    found |= Q(subject_type="sale", subject__in=sales, kind__in=OF_SALE)
    again = privacy.same_person(referral.party) if referral.party else set()
    again -= {referral.public_id, own}
    found |= Q(subject_type="referral", subject__in=again, kind="referral.second")
    if own:
        found |= Q(subject_type="referral", subject=own, kind__in=OF_OWN)
        mine = Referral.objects.filter(public_id=own, invitation__reusable=False)
        for invitation in mine.values_list("invitation__public_id", flat=True):
            found |= _invitation(str(invitation))
    return Event.objects.filter(found).order_by("id")


def _invitation(public_id: str) -> Q:
    kinds = ("invitation.made", "invitation.taken")
    return Q(subject_type="invitation", subject=public_id, kind__in=kinds)


def collected(dispute: Dispute) -> list[Event]:
    """The events found when the dispute was raised."""
    ids = DisputeEvidence.objects.filter(dispute=dispute).values_list("event_id", flat=True)
    return list(Event.objects.filter(pk__in=list(ids)).order_by("id")[:MOST])


def since_then(dispute: Dispute, known: list[Event]) -> list[Event]:
    """What happened to the referral after the dispute was raised, and in the dispute itself."""
    last = max((event.pk for event in known), default=0)
    own = Q(subject_type="dispute", subject=dispute.public_id)
    about = of(dispute.referral, _own(dispute)).filter(pk__gt=last).values("pk")
    return list(Event.objects.filter(Q(pk__in=about) | own).order_by("id")[:MOST])


def _own(dispute: Dispute) -> str:
    return dispute.subject if dispute.about == "referral" else ""


def sealed_up_to() -> int:
    """The last event under a daily seal: up to it nobody can change anything unseen."""
    last = Seal.objects.order_by("-day").values_list("last_event_id", flat=True).first()
    return last or 0
