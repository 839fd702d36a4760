"""Cards of clients in the demo: in use, with words of their own, left in peace, closed."""

from datetime import datetime

from polecam.actions import card_links, client_consents, clients
from polecam.actions import cards as acts
from polecam.demo.found import World
from polecam.kit.errors import Refused
from polecam.privacy.models import Telling
from polecam.referrals.models import Card, Invitation, Referral

WORDS = "Polecam panią Martę. Tłumaczy po ludzku i nie pogania."


def cards(world: World, *, at: datetime) -> None:
    """Halina uses hers; another client took a link back, one wants peace, one closed the page."""
    halina = world.known["Wilk"]
    found = Card.objects.filter(client=halina, revoked_at=None).first()
    if found is None:
        return
    _in_use(found, at)
    marta = world.people["Marta"]
    told = Telling.objects.filter(withdrawn_at=None).values_list("referral", flat=True)
    friends = Referral.objects.filter(public_id__in=list(told), originator=marta)
    seen = friends.exclude(invitation__card=None).values_list("invitation__card_id", flat=True)
    rest = Card.objects.filter(seller=marta, revoked_at=None, expires_at__gt=at)
    rest = rest.exclude(pk__in=[found.pk, *seen]).exclude(client__in=[*world.known.values()])
    rest = rest.order_by("id")
    for card, do in zip(rest.select_related("client"), (_back, _peace, _closed), strict=False):
        do(card, at)


def _in_use(card: Card, at: datetime) -> None:
    for code, purpose in (("client_survey_email", "survey"), ("client_thanks_email", "thanks")):
        try:
            client_consents.give(
                client=card.client,
                channel="email",
                purpose=purpose,
                wording_code=code,
                source=client_consents.CARD,
                at=at,
            )
        except Refused:  # no address is known of her: nothing is offered
            break
    card_links.reword(card=card, at=at, words=WORDS, language="pl")
    second = card_links.another(card=card, at=at, key="demo-second")
    card_links.note_passed(card=card, invitation=second, passed=True, at=at)
    card_links.another(card=card, at=at, key="demo-third")


def _back(card: Card, at: datetime) -> None:
    made = card_links.another(card=card, at=at, key="demo-back")
    card_links.take_back(card=card, invitation=made, at=at)


def _peace(card: Card, at: datetime) -> None:
    clients.never_ask(by=None, at=at, client=card.client)


def _closed(card: Card, at: datetime) -> None:
    acts.close(card=card, at=at)


def may_tell(invitation: Invitation) -> bool:
    """Whether the friend of this invitation lets its client know that they talked: most do."""
    return invitation.pk % 5 < 3
