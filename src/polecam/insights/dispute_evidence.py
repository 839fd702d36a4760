"""What the journal knows about a contested referral: its events, and those of what hangs on it.

Nothing of the client's answers (their asker's alone), nothing of channels, numbers and amounts.
Of further recommendations of the same person only that there were any, and when; of the raiser's
own also how it came about.
"""

from django.db.models import Q, QuerySet

from polecam.claims.models import Dispute, DisputeEvidence, Receipt
from polecam.journal.models import Event, Seal
from polecam.people.staff import with_deputies
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
    "share.proposed",
    "share.agreed",
    "handoff.offered",
    "handoff.accepted",
    "handoff.agreed",
    "handoff.done",
)
OF_SALE = ("sale.reported", "sale.confirmed", "sale.voided")
OF_OWN = ("referral.captured", "referral.consented", "referral.second")
RAISED = "dispute.raised"
MOST = 400


def of(referral: Referral, own: str = "") -> QuerySet[Event]:
    """Events that bear on whose credit `referral` is, in their order.

    `own`: public id of the raiser's own further recommendation of the same person.
    """
    again = privacy.same_person(referral.party) if referral.party else set()
    again -= {referral.public_id, own}
    others = Q(subject_type="referral", subject__in=again, kind="referral.second")
    return Event.objects.filter(_about(referral, own) | others).order_by("id")


def _about(referral: Referral, own: str) -> Q:
    found = Q(subject_type="referral", subject=referral.public_id, kind__in=OF_REFERRAL)
    if referral.invitation is not None and not referral.invitation.reusable:
        found |= _invitation(referral.invitation.public_id)
    receipts = Receipt.objects.filter(referral__in=[referral.public_id, own or "-"])
    found |= Q(subject_type="receipt", subject__in=receipts.values("public_id"))
    sales = Sale.objects.filter(referral=referral).values("public_id")
    found |= Q(subject_type="sale", subject__in=sales, kind__in=OF_SALE)
    if own:
        found |= Q(subject_type="referral", subject=own, kind__in=OF_OWN)
        mine = Referral.objects.filter(public_id=own, invitation__reusable=False)
        for invitation in mine.values_list("invitation__public_id", flat=True):
            found |= _invitation(str(invitation))
    return found


def _invitation(public_id: str) -> Q:
    kinds = ("invitation.made", "invitation.taken")
    return Q(subject_type="invitation", subject=public_id, kind__in=kinds)


def story(dispute: Dispute) -> tuple[list[Event], list[Event]]:
    """The events found when the dispute was raised; and what happened since, in the dispute, too.

    In one query: a further recommendation that came in only later is no part of it.
    """
    found = DisputeEvidence.objects.filter(dispute=dispute).values("event_id")
    own = Q(subject_type="dispute", subject=dispute.public_id)
    wanted = Q(pk__in=found) | own | _about(dispute.referral, _own(dispute))
    events = list(with_deputies(Event.objects.filter(wanted)).order_by("id")[:MOST])
    raised = next((event.pk for event in events if event.kind == RAISED), 0)
    return (
        [event for event in events if event.pk < raised],
        [event for event in events if event.pk >= raised],
    )


def _own(dispute: Dispute) -> str:
    return dispute.subject if dispute.about == "referral" else ""


def sealed_up_to() -> int:
    """The last event under a daily seal: up to it nobody can change anything unseen."""
    last = Seal.objects.order_by("-day").values_list("last_event_id", flat=True).first()
    return last or 0
