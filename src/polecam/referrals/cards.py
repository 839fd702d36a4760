"""Links of a client's card: `<public_id>-<token>`; a higher version revokes every older link."""

from datetime import datetime

from django.conf import settings

from polecam.referrals.models import Card
from polecam.store import crypto

PURPOSE = "card"


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
    if not right or found is None or found.revoked_at is not None or found.expires_at <= at:
        return None
    return found
