"""One question in the demo's present: Kamil helped with a friend of Marta's and asks about it."""

from datetime import datetime

from polecam.actions import disputes, proposals
from polecam.claims import queries as claims
from polecam.claims.models import DisputeReason, ProposalReason
from polecam.claims.rules import Part
from polecam.demo.found import World
from polecam.referrals import states
from polecam.referrals.models import Meeting, Referral


def contested(world: World, *, at: datetime) -> None:
    """Marta shares with Kamil; he finds it was half and half from the start; the boss decides."""
    marta, kamil = world.people["Marta"], world.people["Kamil"]
    met = Referral.objects.filter(originator=marta, state=states.MEETING, second=False)
    paid = Meeting.objects.filter(referral__in=met, confirmed_at__isnull=False)
    certain = set(paid.values_list("referral_id", flat=True))
    led = [(one, claims.active(one, at=at)) for one in met.order_by("-state_at", "-id")]
    open_now = [one for one, claim in led if claim and claim.holder_id == marta.pk]
    open_now.sort(key=lambda one: one.pk not in certain)
    shared = next(iter(open_now), None)
    if shared is None:
        return
    parts = [Part(marta.pk, 7_000), Part(kamil.pk, 3_000, "closer")]
    proposals.propose(by=marta, at=at, referral=shared, parts=parts, reason=ProposalReason.JOINT)
    dispute = disputes.raise_dispute(
        by=kamil,
        at=at,
        referral=shared,
        reason=DisputeReason.BROUGHT,
        claimed_bp=5_000,
        note="Rozmowa zaczęła się przy moim biurku, potem umówiliśmy się na pół.",
    )
    words = "Pamiętam, że miało być pół od podpisania umowy, a nie od początku. Niech ktoś spojrzy."
    disputes.state(by=marta, at=at, dispute=dispute, words=words)
