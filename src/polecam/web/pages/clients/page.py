"""What the page of one client shows, and to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from polecam.asking.budget import rests
from polecam.asking.models import Moment
from polecam.asking.setbacks import repairs_of
from polecam.clients.models import Client
from polecam.clients.queries import contact_of, may_again, said_never, said_themselves
from polecam.kit import phones
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.people.queries import team
from polecam.web.pages.clients import resting, waiting, words
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm

MOMENTS = 12
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """One moment in words."""

    ident: str
    label: str
    day: str
    note: str
    wrong: bool
    open: bool


def context(person: Person, client: Client, *, at: datetime) -> dict[str, Any]:
    """The adviser (or anyone, when shared) works; others read name, adviser and "rests"."""
    here = standing(person)
    own = client.owner_id == person.pk and here.may(Permission.ASK, client.branch_id)
    works = own or (client.shared and here.may(Permission.ASK, client.branch_id))
    given: dict[str, Any] = {
        "client": client,
        "name": client.party.full_name,
        "own": own,
        "works": works,
        "oversees": here.may(Permission.IMPORT_CLIENTS, client.branch_id),
    }
    if works:
        rows = list(Moment.objects.filter(client=client).order_by("-on", "-id")[:LOOKED_AT])
        given |= {"moments": moments(rows), "may_undo": _may_undo(person, client, at)}
        given["waits"] = waiting.sentence(client, rows, at=at) if own else ""
        limits = resting.Resting(person, client, at=at)
        given["rest_reason"] = limits.reason()
        given["rests"] = bool(given["rest_reason"])
        given["dated"] = client.resting_until and client.resting_until > fmt.today()
        given["again"] = _again(client)
        given["repair"] = repairs_of(person).filter(client=client).first()
    else:
        given["rests"] = client.pk in rests([client], at=at, zone=firm().zone)
    if own:
        phone, email = contact_of(person, client)
        given |= {"phone": phone, "phone_spoken": phones.spoken(phone), "email": email}
        given["house_writes"] = limits.house_writes()
        given["may_ask_again"] = said_themselves(client)
    if given["oversees"]:
        given["sellers"] = team(client.branch_id)
    return given


def moments(rows: Sequence[Moment]) -> list[Shown]:
    """The newest ones, and any wrong one that is still open."""
    shown = [m for n, m in enumerate(rows) if n < MOMENTS or (m.wrong and not m.closed_at)]
    return [
        Shown(
            moment.public_id,
            words.kind(moment.kind),
            fmt.near(moment.on),
            moment.note,
            moment.wrong,
            moment.closed_at is None,
        )
        for moment in shown
    ]


def _again(client: Client) -> dict[str, Any]:
    """Who noted, and when, that the client may be asked again; nothing if nobody did."""
    noted = may_again(client) if client.never_ask_at is None else None
    if noted is None:
        return {}
    who = Person.objects.filter(pk=noted.by_id).first() if noted.by_id else None
    return {"at": noted.at, "by": who.full_name if who else ""}


def _may_undo(person: Person, client: Client, at: datetime) -> bool:
    """One's own slip, while it is fresh; never what the client said."""
    if client.never_ask_at is None:
        return False
    minutes = settings.value("undo_minutes", at=at, branch=client.branch_id)
    fresh = at - client.never_ask_at <= timedelta(minutes=minutes)
    return fresh and said_never(person, client)
