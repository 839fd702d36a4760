"""What the room knows of a person as a client: erased or handed out."""

from datetime import datetime

from polecam.clients.models import Client, ClientConsent, Touch
from polecam.organisation.settings import organisation
from polecam.parties.models import Party
from polecam.privacy.wordings import fill


def erase(party: Party, at: datetime) -> int:
    """Nothing personal stays; the row does, never to be asked, so that trees still stand."""
    ClientConsent.objects.filter(client__party=party, withdrawn_at=None).update(withdrawn_at=at)
    Touch.objects.filter(client__party=party).delete()
    return Client.objects.filter(party=party).update(
        number="",
        product="",
        since=None,
        renews_on=None,
        resting_until=None,
        never_ask_at=at,
        updated_at=at,
    )


def export(party: Party) -> dict:
    """The client's record, with its source."""
    client = (
        Client.objects.filter(party=party)
        .select_related("owner", "branch", "introduced_by", "imported_by")
        .first()
    )
    if client is None:
        return {}
    return {
        "client": {
            "number": client.number,
            "client_since": client.since.isoformat() if client.since else None,
            "renews_on": client.renews_on.isoformat() if client.renews_on else None,
            "product": client.product,
            "branch": client.branch.name,
            "looked_after_by": client.owner.full_name if client.owner else None,
            "not_to_be_asked_since": _iso(client.never_ask_at),
            "rests_until": client.resting_until.isoformat() if client.resting_until else None,
            "kept_since": _iso(client.created_at),
            "source": _source(client),
        },
        "messages_agreed_to": [_agreed(row) for row in _consents(client)],
    }


def _consents(client: Client) -> list[ClientConsent]:
    rows = ClientConsent.objects.filter(client=client).order_by("id")
    return list(rows.select_related("wording", "client__branch"))


def _agreed(row: ClientConsent) -> dict:
    """Word for word as it was read, or from the firm's own system without words of ours."""
    words = row.wording
    firm = organisation().name
    return {
        "channel": row.channel,
        "about": row.purpose,
        "wording": fill(words.text, firm=firm, branch=row.client.branch, seller=None)
        if words
        else "",
        "wording_version": words.version if words else None,
        "collected": row.source,
        "given_at": _iso(row.given_at),
        "withdrawn_at": _iso(row.withdrawn_at),
    }


def _iso(moment: object) -> str | None:
    return moment.isoformat() if moment else None  # type: ignore[attr-defined]


def _source(client: Client) -> str:
    if client.imported_by:
        return f"file imported {client.imported_by.created_at.date().isoformat()}"
    return "recommended by a client" if client.introduced_by_id else "entered by an employee"
