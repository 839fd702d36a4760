"""Whether a page of the firm may say that somebody is its client (art. 104 Prawo bankowe)."""

from datetime import datetime

from polecam.organisation import settings
from polecam.organisation.models import Branch

KEYS = ("bank_secrecy", "client_may_be_named")


def bank_secrecy(*, at: datetime, branch: Branch | int | None = None) -> bool:
    """Whether nothing may go out that reveals a banking relation: no client's name, no product."""
    return bool(settings.value("bank_secrecy", at=at, branch=branch))


def names_client(
    *, shown_by_seller: bool, at: datetime, branch: Branch | int | None = None
) -> bool:
    """Whether a friend's page names the client who recommends.

    A link the client passes on names them by that very act; a QR held up by the seller only where
    the firm's clients allowed it (`client_may_be_named`). Bank-secrecy mode overrides both.
    """
    said = settings.values(*KEYS, at=at, branch=branch)
    if said["bank_secrecy"]:
        return False
    return not shown_by_seller or bool(said["client_may_be_named"])
