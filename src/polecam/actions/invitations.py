"""Invitations: made by the seller, worded by the seller, taken along by the client."""

from datetime import datetime

from polecam.actions import cards as card_acts
from polecam.actions.ownership import require_own
from polecam.asking.models import Ask
from polecam.bonuses.queries import version_in_force
from polecam.clients.models import Client
from polecam.journal.record import record
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.referrals import cards, rules, states
from polecam.referrals import invitations as reads
from polecam.referrals.models import Invitation, Referral
from polecam.store.tx import action, lock


def make(
    *,
    by: Person,
    at: datetime,
    client: Client,
    ask: Ask | None = None,
    reusable: bool = True,
    shown_by_seller: bool = False,
    walk_in: bool = False,
    language: str = "pl",
) -> Invitation:
    """An invitation without a named friend: passed on, shown as a QR, or for someone who walked in.

    One that still stands is given again, so that a QR opened twice is one invitation. Raises
    NotAllowed for a colleague's client or ask, Refused("ask_of_another_client").
    """
    with action():
        client = lock(client)
        require_own(by, client)
        if ask is not None and (ask.seller_id != by.pk or ask.client_id != client.pk):
            raise Refused("ask_of_another_client")
        same = _standing(by, at, client, ask, reusable, shown_by_seller, walk_in)
        return same or create(
            by=by,
            at=at,
            client=client,
            ask=ask,
            reusable=reusable,
            shown_by_seller=shown_by_seller,
            walk_in=walk_in,
            language=language,
        )


def _standing(
    by: Person,
    at: datetime,
    client: Client,
    ask: Ask | None,
    reusable: bool,
    shown_by_seller: bool,
    walk_in: bool,
) -> Invitation | None:
    if not reusable:
        return None
    if ask is not None:
        return Invitation.objects.filter(ask=ask, reusable=True, expired_at=None).first()
    return reads.open_for(by, client, shown_by_seller=shown_by_seller, walk_in=walk_in, at=at)


def create(
    *,
    by: Person | None,
    at: datetime,
    client: Client,
    ask: Ask | None,
    seller: Person | None = None,
    reusable: bool = False,
    shown_by_seller: bool = False,
    walk_in: bool = False,
    language: str = "pl",
    days: int | None = None,
) -> Invitation:
    """Inner step: the row, under the bonus plan in force now, and its journal event.

    `seller`: whose invitation it is, where somebody else enters it (an import). `days`: how long
    it is valid, if the caller has read the setting already.
    """
    owner = seller or by
    assert owner, "an invitation is somebody's"  # noqa: S101 - both doors give one
    version = version_in_force(owner, client.branch_id, at)
    if days is None:
        days = settings.value("invitation_days", at=at, branch=client.branch_id)
    invitation = Invitation.objects.create(
        client=client,
        seller=owner,
        branch_id=client.branch_id,
        ask=ask,
        reusable=reusable,
        shown_by_seller=shown_by_seller,
        walk_in=walk_in,
        language=language,
        plan_version_id=version.pk if version else None,
        created_at=at,
        expires_at=rules.ends_at(at, days),
    )
    record(
        "invitation.made",
        invitation,
        by=by,
        at=at,
        branch=client.branch_id,
        data={"reusable": reusable, "walk_in": walk_in, "until": invitation.expires_at},
    )
    return invitation


def reword(
    *, by: Person, at: datetime, invitation: Invitation, words: str, language: str
) -> Invitation:
    """Change the text that goes with the link ("" = the house's), in `language`.

    Raises Refused("words_too_long", "words_with_contact", "invitation_over"), NotAllowed for
    anyone but its seller.
    """
    words = words.strip()
    if len(words) > rules.LONGEST_WORDS:
        raise Refused("words_too_long", field="words", longest=rules.LONGEST_WORDS)
    if rules.holds_contact(words):
        raise Refused("words_with_contact", field="words")
    with action():
        invitation = lock(invitation)
        if invitation.seller_id != by.pk:
            raise NotAllowed("not_your_referral")
        if not reads.is_open(invitation, at):
            raise Refused("invitation_over")
        if (invitation.words, invitation.language) == (words, language):
            return invitation
        invitation.words, invitation.language = words, language
        invitation.save(update_fields=["words", "language"])
        record("invitation.reworded", invitation, by=by, at=at, branch=invitation.branch_id)
    return invitation


def take(*, invitation: Invitation, at: datetime) -> Invitation:
    """The client's own act: the link goes along with them. Twice is once.

    A captured referral becomes invited; the link lies on the client's card from now on, unless the
    card's links were ended since it was made. Raises Refused("invitation_over") after its end.
    """
    with action():
        client = lock(invitation.client)
        invitation = lock(invitation)
        if not reads.may_be_taken(invitation, at):
            raise Refused("invitation_over")
        if invitation.card is None and not cards.ended_since(invitation):
            card = card_acts.ready(client, invitation.seller, at=at, language=invitation.language)
            card_acts.keep_words(card, invitation.words)
            invitation.card = card
            invitation.save(update_fields=["card"])
        if invitation.taken_at is not None:
            return invitation
        invitation.taken_at = at
        invitation.save(update_fields=["taken_at"])
        _invite(invitation, at)
        record("invitation.taken", invitation, by=None, at=at, branch=invitation.branch_id)
    return invitation


def _invite(invitation: Invitation, at: datetime) -> None:
    waiting = Referral.objects.filter(invitation=invitation, state=states.CAPTURED)
    for referral in waiting.select_for_update(of=("self",), no_key=True):
        referral.state, referral.state_at = states.INVITED, at
        referral.save(update_fields=["state", "state_at"])
