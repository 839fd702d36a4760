"""What a client does with the links of their card: one more, one back, a note, words of their own.

No friend's name, number or address is asked for or kept.
"""

from datetime import datetime

from polecam.actions import cards as card_acts
from polecam.actions import erasure, invitations
from polecam.actions.once import once
from polecam.asking.models import Ask
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.privacy.models import Consent
from polecam.referrals import cards, rules, states
from polecam.referrals.models import Card, Invitation, Referral
from polecam.store import tx


def another(*, card: Card, at: datetime, key: str) -> Invitation:
    """One more link, for one friend. `key`: the form's random key; the same form twice is one.

    While the invitation of an ask is open, further links belong to that ask. Raises
    Refused("link_over", "card_links_full", "card_adviser_left").
    """
    with tx.action():
        card = card_acts.standing(card, at)
        if not card.seller.is_active:
            raise Refused("card_adviser_left")
        made, _new = once(
            card.public_id,
            key,
            {"another": True},
            at=at,
            make=lambda: _make(card, at),
            model=Invitation,
        )
        return made


def _make(card: Card, at: datetime) -> Invitation:
    if cards.open_links(card, at=at).count() >= cards.MOST_LINKS:
        raise Refused("card_links_full", most=cards.MOST_LINKS)
    made = invitations.create(
        by=None,
        at=at,
        client=card.client,
        ask=_open_ask(card, at),
        seller=card.seller,
        language=card.language,
    )
    made.card, made.taken_at = card, at
    made.save(update_fields=["card", "taken_at"])
    record("invitation.taken", made, by=None, at=at, branch=made.branch_id)
    return made


def _open_ask(card: Card, at: datetime) -> Ask | None:
    rows = cards.open_links(card, at=at).filter(ask__isnull=False, ask__undone_at=None)
    last = rows.select_related("ask").order_by("-id").first()
    return last.ask if last else None


def take_back(*, card: Card, invitation: Invitation, at: datetime) -> bool:
    """The client takes a link back: nothing can be answered through it any more. Twice is once.

    A friend who answered before keeps their consents: they are the friend's own. A first name
    that waited for an answer is erased at once. Raises Refused("link_over").
    """
    with tx.action():
        card = card_acts.standing(card, at)
        invitation = tx.lock(invitation)
        if invitation.card_id != card.pk or invitation.revoked_at is not None:
            return False
        found = _unanswered(invitation)
        for referral in found:
            erasure.forget(referral, at=at)
        invitation.revoked_at, invitation.words = at, ""
        invitation.expired_at = invitation.expired_at or at
        invitation.save(update_fields=["revoked_at", "expired_at", "words"])
        record("invitation.revoked", invitation, by=None, at=at, branch=invitation.branch_id)
    if found:
        erasure.settle_files()
    return True


def _unanswered(invitation: Invitation) -> list[Referral]:
    rows = Referral.objects.select_for_update(of=("self",), no_key=True)
    waiting = rows.filter(invitation=invitation, state__in=states.WAITING, party__isnull=False)
    answered = Consent.objects.filter(invitation=invitation.public_id)
    return list(
        waiting.exclude(public_id__in=answered.values_list("referral", flat=True)).order_by("id")
    )


def note_passed(*, card: Card, invitation: Invitation, passed: bool, at: datetime) -> None:
    """The client's own note that somebody has this link, or not yet; told to nobody.

    Raises Refused("link_over").
    """
    with tx.action():
        card = card_acts.standing(card, at)
        rows = Invitation.objects.filter(pk=invitation.pk, card=card)
        rows.update(passed_at=at if passed else None)


def reword(*, card: Card, at: datetime, words: str, language: str) -> Card:
    """The client's own text for every link of the card ("" = the house's), in `language`.

    It goes to several friends and outlives each, so it names none whom the house knows of.
    Raises Refused("words_too_long", "words_with_contact", "words_with_friend", "link_over").
    """
    words = "\n".join(line.strip() for line in words.strip().splitlines())
    if len(words) > rules.LONGEST_WORDS:
        raise Refused("words_too_long", field="words", longest=rules.LONGEST_WORDS)
    if rules.holds_contact(words):
        raise Refused("words_with_contact", field="words")
    with tx.action():
        card = card_acts.standing(card, at)
        if words and card_acts.names_a_friend(card.client_id, words):
            raise Refused("words_with_friend", field="words")
        if (card.words, card.language) != (words, language):
            card.words, card.language = words, language
            card.save(update_fields=["words", "language"])
    return card
