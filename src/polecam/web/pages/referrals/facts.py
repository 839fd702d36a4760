"""What the parts of one referral's page are made from; read once, each room asked at most once."""

from dataclasses import dataclass
from datetime import datetime

from polecam.claims.contact import covers
from polecam.claims.handoffs.queries import open_of
from polecam.claims.models import Claim, CreditShare, Handoff
from polecam.claims.queries import share_sets
from polecam.people.models import Person
from polecam.privacy.models import Consent
from polecam.referrals import states
from polecam.referrals.models import Meeting, Referral
from polecam.sales.models import Sale
from polecam.sales.queries import of_referral


@dataclass(frozen=True, slots=True)
class Facts:
    """What the parts of the page are made from; read once.

    `part`: the reader brought or works it; others (a manager after the notice) only look on.
    """

    reader: Person
    referral: Referral
    at: datetime
    part: bool
    holds: bool
    worked: bool
    claim: Claim | None
    consents: list[Consent]
    meetings: list[Meeting]
    sale: Sale | None
    shares: list[CreditShare]
    handoff: Handoff | None = None
    """The hand-off that runs, if one does."""
    locked: bool = False
    """The reader holds it, and the friend has not said yet that this very person may write."""

    @property
    def channels(self) -> set[str]:
        """Channels open now to whoever holds it."""
        return set() if self.locked else self.agreed

    @property
    def agreed(self) -> set[str]:
        """Channels the friend agreed to."""
        return {c.channel for c in self.consents if c.unlocked_at and not c.withdrawn_at}

    @property
    def meeting(self) -> Meeting | None:
        """The last meeting."""
        return self.meetings[-1] if self.meetings else None

    @property
    def met(self) -> bool:
        """Whether a meeting was confirmed (its bonus is credited)."""
        return any(meeting.confirmed_at for meeting in self.meetings)


def facts(reader: Person, referral: Referral, *, at: datetime) -> Facts:
    """Everything about one referral, each room asked at most once."""
    agreed = referral.consented_at is not None
    rows_held = Claim.objects.filter(referral=referral).select_related("holder")
    held = rows_held.order_by("pk") if agreed else ()
    claim = next((c for c in held if c.ended_at is None and c.until > at), None)
    worked = any(c.holder_id == reader.pk for c in held)
    newest = share_sets(referral)[-1]
    mine = any(share.person_id == reader.pk for share in newest)
    consents, meetings = [], []
    if agreed:
        rows = Consent.objects.filter(referral=referral.public_id).select_related("wording")
        consents = list(rows.order_by("pk"))
    if referral.state == states.MEETING:
        meetings = list(Meeting.objects.filter(referral=referral).order_by("pk"))
    sold = referral.state in (states.WON, states.LOST)
    holds = claim is not None and claim.holder_id == reader.pk
    live = [c for c in consents if c.unlocked_at and not c.withdrawn_at]
    named = any(c.names_branch or c.receiver_id == reader.pk for c in live)
    return Facts(
        reader=reader,
        referral=referral,
        at=at,
        part=referral.originator_id == reader.pk or worked or mine,
        holds=holds,
        worked=worked,
        claim=claim,
        consents=consents,
        meetings=meetings,
        sale=of_referral(referral) if sold else None,
        shares=newest,
        handoff=open_of(referral) if claim else None,
        locked=holds and bool(consents) and not named and not covers(reader, referral, at=at),
    )
