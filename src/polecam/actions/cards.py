"""A client's card: opened by their own seller, taken back, renewed."""

from datetime import datetime, timedelta

from polecam.actions.ownership import require_own
from polecam.clients.models import Client
from polecam.journal.record import record
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.referrals.models import Card
from polecam.store.tx import action, lock


def open_card(*, by: Person, at: datetime, client: Client, language: str = "pl") -> Card:
    """The card of `client` with `by`; one that stands is given again. Raises NotAllowed."""
    with action():
        client = lock(client)
        require_own(by, client)
        return ready(client, by, at=at, language=language)


def ready(client: Client, seller: Person, *, at: datetime, language: str = "pl") -> Card:
    """Inner step, under the client's lock: the card that stands, else a new one."""
    rows = Card.objects.filter(client=client, seller=seller, revoked_at=None)
    standing = rows.filter(expires_at__gt=at).first()
    if standing:
        return standing
    rows.update(revoked_at=at)
    days = settings.value("card_days", at=at, branch=client.branch_id)
    card = Card.objects.create(
        client=client,
        seller=seller,
        branch_id=client.branch_id,
        language=language,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    record("card.opened", card, by=seller, at=at, branch=client.branch_id)
    return card
