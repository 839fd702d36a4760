"""Public links of an invitation: the friend's page and the client's take-along page.

A link is `<public_id>-<token>`; the token is an HMAC over the id and the link's version, 128
bits, so a higher version makes every older link worthless. The two pages have tokens of their own:
whoever holds the friend's link cannot speak for the client.
"""

from django.conf import settings

from polecam.referrals.models import Invitation
from polecam.store import crypto

FRIEND = "invitation"
CLIENT = "take-along"


def ref(invitation: Invitation, purpose: str = FRIEND) -> str:
    """`<public_id>-<token>` for FRIEND or CLIENT: what stands in the public address."""
    token = crypto.token(purpose, invitation.public_id, invitation.version)
    return f"{invitation.public_id}-{token}"


def friend_path(invitation: Invitation) -> str:
    """The path of the friend's page: `/z/<ref>/`."""
    return f"/z/{ref(invitation)}/"


def client_path(invitation: Invitation) -> str:
    """The path of the client's take-along page: `/k/<ref>/`."""
    return f"/k/{ref(invitation, CLIENT)}/"


def friend_url(invitation: Invitation) -> str:
    """The absolute address that the client passes on, or that the friend scans."""
    return settings.BASE_URL + friend_path(invitation)


def client_url(invitation: Invitation) -> str:
    """The absolute address of the client's take-along page."""
    return settings.BASE_URL + client_path(invitation)


def find(link: str, purpose: str = FRIEND) -> Invitation | None:
    """The invitation of a link's `<public_id>-<token>`, expired ones too; None for a wrong token.

    The token is compared in constant time, also when no such invitation exists.
    """
    ident, _, shown = link.partition("-")
    found = (
        Invitation.objects.select_related("client__party", "seller", "branch")
        .filter(public_id=ident if ident.isalnum() else "")
        .first()
    )
    version = found.version if found else 1
    right = crypto.same(shown, crypto.token(purpose, ident, version))
    return found if right and found else None
