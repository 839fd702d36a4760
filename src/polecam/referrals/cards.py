"""Links of a client's card: `<public_id>-<token>`; a higher version revokes every older link.

Also what stands on it: the links it holds, and how far each has come, as far as friends allowed.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from polecam.clients.models import Client
from polecam.people.models import Person
from polecam.privacy.queries import tellable
from polecam.referrals.models import Card, Invitation, Meeting, Referral
from polecam.store import crypto

PURPOSE = "card"
MOST_LINKS = 10
"""Links of one card that may be open at a time."""
READY, PASSED, ANSWERED, TALKED = "ready", "passed", "answered", "talked"
"""How far a link has come; the last two only where a friend allowed it. Never what they chose."""


def ref(card: Card) -> str:
    """`<public_id>-<token>`: what stands in the address."""
    return f"{card.public_id}-{crypto.token(PURPOSE, card.public_id, card.version)}"


def card_path(card: Card) -> str:
    """The path of the client's own page."""
    return f"/card/{ref(card)}/"


def card_url(card: Card) -> str:
    """The absolute address of the client's own page."""
    return settings.BASE_URL + card_path(card)


def find(link: str, *, at: datetime) -> Card | None:
    """The card of a link; None for a wrong token, a revoked or an expired one (constant time)."""
    ident, _, shown = link.partition("-")
    found = (
        Card.objects.select_related("client__party", "seller", "branch")
        .filter(public_id=ident if ident.isalnum() else "")
        .first()
    )
    right = crypto.same(shown, crypto.token(PURPOSE, ident, found.version if found else 1))
    return found if right and found is not None and stands(found, at=at) else None


def stands(card: Card, *, at: datetime) -> bool:
    """Whether the page may be opened: not closed, not expired, its client not erased."""
    over = card.revoked_at is not None or card.expires_at <= at
    return not over and card.client.party.erased_at is None


def of_seller(seller: Person, client: Client, *, at: datetime) -> Card | None:
    """The card of `client` with `seller` that stands at `at`."""
    rows = Card.objects.filter(client=client, seller=seller, revoked_at=None, expires_at__gt=at)
    return rows.select_related("client__party", "seller", "branch").first()


def leads_to(invitation: Invitation, *, at: datetime) -> Card | None:
    """The card that a taken invitation's own link may open: of the same age of links, and open."""
    card = invitation.card
    if card is None or not stands(card, at=at) or not is_of_this_age(invitation, card):
        return None
    return card


def is_of_this_age(invitation: Invitation, card: Card) -> bool:
    """Whether the invitation was made after the card's older links were ended."""
    return card.renewed_at is None or invitation.created_at > card.renewed_at


def ended_since(invitation: Invitation) -> bool:
    """Whether any card of this client and seller was closed or renewed after the invitation."""
    cards = Card.objects.filter(client=invitation.client_id, seller=invitation.seller_id)
    since = invitation.created_at
    return (
        cards.filter(revoked_at__gte=since).exists() or cards.filter(renewed_at__gte=since).exists()
    )


def every_link(card: Card) -> QuerySet[Invitation]:
    """What the card holds, taken back or not, the oldest first."""
    return Invitation.objects.filter(card=card, walk_in=False).order_by("id")


def open_links(card: Card, *, at: datetime) -> QuerySet[Invitation]:
    """Those whose time is not over. By their date alone: a friend's "no" changes nothing here."""
    return every_link(card).filter(revoked_at=None, expires_at__gt=at)


@dataclass(frozen=True, slots=True)
class Link:
    """One link as its client sees it. `open` goes by its date alone: a "no" is told to nobody."""

    invitation: Invitation
    number: int
    reached: str
    open: bool


def shown(card: Card, *, at: datetime) -> list[Link]:
    """Links of the card that were not taken back, the oldest first; each keeps its number."""
    links = list(every_link(card))
    rows = Referral.objects.filter(invitation__in=links, consented_at__isnull=False)
    answered = dict(rows.values_list("public_id", "invitation_id"))
    told = tellable(answered)
    held = Meeting.objects.filter(referral__public_id__in=told, held_at__isnull=False)
    talked = set(held.values_list("referral__invitation_id", flat=True)) if told else set()
    said = {answered[ident] for ident in told}
    return [
        Link(link, number, _reached(link, said, talked), link.expires_at > at)
        for number, link in enumerate(links, start=1)
        if link.revoked_at is None
    ]


def _reached(link: Invitation, said: Set[int | None], talked: Set[int | None]) -> str:
    if link.pk in talked:
        return TALKED
    if link.pk in said:
        return ANSWERED
    return PASSED if link.passed_at is not None else READY
