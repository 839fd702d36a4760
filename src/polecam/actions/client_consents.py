"""What a client agrees to for themselves: messages by one channel for one purpose, taken back."""

from datetime import datetime

from django.db.models import QuerySet

from polecam.clients.models import Client, ClientChannel, ClientConsent, ClientPurpose
from polecam.journal.record import record
from polecam.keeping import erased
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.privacy import wordings
from polecam.store.tx import action, lock

CARD, SURVEY, IMPORT = "card", "survey", "import"
OWN_LINKS = (CARD, SURVEY)
"""Sources that are the client's own act, by their own link."""
CODES: dict[tuple[str, str], str] = {
    (purpose, channel): f"client_{purpose}_{channel}"
    for purpose in ClientPurpose.values
    for channel in ClientChannel.values
    if f"client_{purpose}_{channel}" in wordings.VERSIONS
}
"""The wording of each (purpose, channel) that can be agreed to on the client's own page."""


def give(
    *,
    client: Client,
    channel: str,
    purpose: str,
    wording_code: str,
    source: str,
    at: datetime,
    by: Person | None = None,
    language: str = "pl",
) -> ClientConsent:
    """Note that the client agreed; one that stands is given again as it is.

    `source` of OWN_LINKS: by the client's own link, under the wording they read (`wording_code`,
    one of CODES, in `language`), `by` None. IMPORT: told by the firm's core system, without a
    wording of ours, by whoever may import. Raises NotAllowed, Refused("client_consent_unknown",
    "client_no_contact", "link_over" for a client who is erased).
    """
    if channel not in ClientChannel.values or purpose not in ClientPurpose.values:
        raise Refused("client_consent_unknown")
    read = CODES.get((purpose, channel)) if source in OWN_LINKS else ""
    if source not in (*OWN_LINKS, IMPORT) or read is None or wording_code != read:
        raise Refused("client_consent_unknown")
    if (by is None) != (source in OWN_LINKS):
        raise NotAllowed("not_allowed")
    with action():
        client = lock(client)
        require(by, Permission.IMPORT_CLIENTS, client.branch_id)
        if client.party.erased_at is not None:
            raise Refused("link_over")
        if not _reachable(client, channel):
            raise Refused("client_no_contact")
        standing = _standing(client).filter(channel=channel, purpose=purpose).first()
        if standing is not None:
            return standing
        consent = ClientConsent.objects.create(
            client=client,
            channel=channel,
            purpose=purpose,
            wording=wordings.current(wording_code, language, at=at) if wording_code else None,
            source=source,
            given_at=at,
            noted_by=by,
        )
        _note("client.agreed", consent, by=by, at=at)
        return consent


def withdraw(
    *,
    client: Client,
    at: datetime,
    channel: str = "",
    purpose: str = "",
    by: Person | None = None,
) -> int:
    """Take back what the client agreed to, by channel and purpose ("": all of them); how many.

    At once, without a reason. `by` None: the client; else whoever may import. Raises NotAllowed.
    """
    wanted = {"channel": channel, "purpose": purpose}
    with action():
        client = lock(client)
        require(by, Permission.IMPORT_CLIENTS, client.branch_id)
        rows = _standing(client).filter(**{key: value for key, value in wanted.items() if value})
        taken = list(rows.order_by("id"))
        for consent in taken:
            erased.note(erased.CLIENT_CONSENT, consent.public_id)
            consent.withdrawn_at = at
            consent.save(update_fields=["withdrawn_at"])
            _note("client.withdrew", consent, by=by, at=at)
    return len(taken)


def _standing(client: Client) -> QuerySet[ClientConsent]:
    return ClientConsent.objects.filter(client=client, withdrawn_at=None)


def _reachable(client: Client, channel: str) -> bool:
    party = client.party
    return bool(party.email if channel == ClientChannel.EMAIL else party.phone)


def _note(kind: str, consent: ClientConsent, *, by: Person | None, at: datetime) -> None:
    data = {"consent": consent.public_id, "channel": consent.channel, "purpose": consent.purpose}
    client = consent.client
    record(kind, client, by=by, at=at, branch=client.branch_id, data=data)
