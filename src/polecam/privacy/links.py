"""Links that stand in messages to the friend: to confirm a consent, and to the friend's own page.

Both are `<public_id of a consent>-<token>`, with tokens of different purposes: whoever holds the
one cannot make the other.
"""

from django.conf import settings

from polecam.privacy.models import Consent
from polecam.store import crypto

CONFIRM = "consent"
FRIEND = "friend"


def ref(consent: Consent, purpose: str) -> str:
    """`<public_id>-<token>` for CONFIRM or FRIEND."""
    return f"{consent.public_id}-{crypto.token(purpose, consent.public_id)}"


def confirm_path(consent: Consent) -> str:
    """Path of the page that confirms a consent."""
    return f"/c/{ref(consent, CONFIRM)}/"


def friend_path(consent: Consent) -> str:
    """Path of the friend's own page."""
    return f"/f/{ref(consent, FRIEND)}/"


def confirm_url(consent: Consent) -> str:
    """Absolute address that is sent through the channel to be confirmed."""
    return settings.BASE_URL + confirm_path(consent)


def friend_url(consent: Consent) -> str:
    """Absolute address of the friend's own page, in every message."""
    return settings.BASE_URL + friend_path(consent)


def find(link: str, purpose: str) -> Consent | None:
    """The consent of a link, withdrawn ones too; None for a wrong token (constant time)."""
    ident, _, shown = link.partition("-")
    if not crypto.same(shown, crypto.token(purpose, ident)):
        return None
    return (
        Consent.objects.select_related("party", "receiver", "wording")
        .filter(public_id=ident)
        .first()
    )
