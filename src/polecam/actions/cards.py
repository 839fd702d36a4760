"""A client's card: opened by their own seller, its link renewed, closed by the client."""

from datetime import datetime, timedelta

from polecam.actions.ownership import require_own
from polecam.clients.models import Client
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.referrals import cards, rules, states
from polecam.referrals.models import Card, Referral
from polecam.store.tx import action, lock


def open_card(*, by: Person, at: datetime, client: Client, language: str = "pl") -> Card:
    """The card of `client` with `by`; one that stands is given again, for a full time from now.

    Raises NotAllowed, Refused("link_over") for a client who is erased.
    """
    with action():
        client = lock(client)
        require_own(by, client)
        return ready(client, by, at=at, language=language)


def ready(client: Client, seller: Person, *, at: datetime, language: str = "pl") -> Card:
    """Inner step, under the client's lock: the card that stands, else a new one."""
    if client.party.erased_at is not None:
        raise Refused("link_over")
    until = at + timedelta(days=settings.value("card_days", at=at, branch=client.branch_id))
    rows = Card.objects.filter(client=client, seller=seller, revoked_at=None)
    for standing in rows.select_related("client__party", "seller", "branch"):
        if standing.expires_at > at:
            return _until(standing, until)
        standing.revoked_at = standing.expires_at
        standing.save(update_fields=["revoked_at"])
    card = Card.objects.create(
        client=client,
        seller=seller,
        branch_id=client.branch_id,
        language=language,
        made_at=at,
        expires_at=until,
    )
    record("card.opened", card, by=seller, at=at, branch=client.branch_id)
    return card


def renew(*, by: Person, at: datetime, card: Card) -> Card:
    """Every older link of the card stops working at once; its own links and words stay.

    For its seller, or whoever looks after the client now. Raises NotAllowed, Refused("link_over").
    """
    with action():
        client = lock(card.client)
        if card.seller_id != by.pk:
            require_own(by, client)
        card = _standing(card, at)
        days = settings.value("card_days", at=at, branch=client.branch_id)
        card.version, card.renewed_at = card.version + 1, at
        card.expires_at = at + timedelta(days=days)
        card.save(update_fields=["version", "renewed_at", "expires_at"])
        record("card.renewed", card, by=by, at=at, branch=card.branch_id)
        return card


def close(*, card: Card, at: datetime) -> Card:
    """The client closes their page. Invitations they passed on go on. Twice is once."""
    with action():
        lock(card.client)
        card = lock(card)
        if card.revoked_at is None:
            card.revoked_at, card.words = at, ""
            card.save(update_fields=["revoked_at", "words"])
            record("card.closed", card, by=None, at=at, branch=card.branch_id)
        return card


def standing(card: Card, at: datetime) -> Card:
    """Inner step: the client locked, then the card; Refused("link_over") for a page that is over.

    A link that was ended while its form was open ends the form, too.
    """
    client = lock(card.client)
    version = card.version
    card = lock(card)
    card.client = client
    if card.version != version or not cards.stands(card, at=at):
        raise Refused("link_over")
    return card


def keep_words(card: Card, words: str) -> None:
    """Inner step of taking an invitation along: words agreed with the adviser come with it.

    Unless the card has its own, or they name a friend.
    """
    if words and not card.words and not names_a_friend(card.client_id, words):
        card.words = words
        card.save(update_fields=["words"])


def names_a_friend(client_id: int, text: str) -> bool:
    """Whether a text names a friend whose first name the client gave and who has not answered."""
    waiting = Referral.objects.filter(client=client_id, state__in=states.WAITING)
    given = waiting.filter(party__isnull=False).values_list("party__first_name", flat=True)
    return any(rules.mentions(text, name) for name in given)


def _standing(card: Card, at: datetime) -> Card:
    card = lock(card)
    if not cards.stands(card, at=at):
        raise Refused("link_over")
    return card


def _until(card: Card, until: datetime) -> Card:
    if card.expires_at < until:
        card.expires_at = until
        card.save(update_fields=["expires_at"])
    return card
