"""The seller thanks a client: in words, with a card, by e-mail; or the client wants none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from polecam.actions import cards, client_mail
from polecam.actions.touches import touch
from polecam.clients.models import Client, ClientChannel, ClientPurpose, Touch, TouchKind
from polecam.journal.models import Event
from polecam.journal.record import record
from polecam.kit import polish
from polecam.kit.errors import NotAllowed, Refused
from polecam.messages.models import Message, MessageState
from polecam.messages.texts_thanks import KINDS
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.privacy.queries import may_tell
from polecam.referrals.cards import card_url
from polecam.referrals.rules import may_undo
from polecam.store.tx import action, lock
from polecam.thanks import queries, rules
from polecam.thanks.models import Thanks, ThanksWay

LANGUAGES = ("pl", "en")


@dataclass(frozen=True, slots=True)
class Due:
    """What one thank-you settles: all that is owed to a client on one occasion."""

    client: Client
    rows: Sequence[Thanks]


def give(
    *, by: Person, at: datetime, thanks: Thanks, way: str, language: str = "pl"
) -> Sequence[Thanks]:
    """Note that `by` thanked; one thank-you settles all that is owed on that occasion.

    By e-mail it is also sent, by the worker, where the client agreed to that: it takes from the
    contact limit. Twice the same way is once. Raises Refused("thanks_way", "thanks_settled",
    "thanks_not_told", "thanks_no_email", "contacted_lately"), NotAllowed for anyone else's.
    """
    if way not in ThanksWay.values or language not in LANGUAGES:
        raise Refused("thanks_way", field="way")
    with action():
        due = _due(by, thanks, way=way)
        if not due.rows:
            return []
        if way == ThanksWay.EMAIL:
            _require_email(due.client)
            touch(due.client, TouchKind.THANKS, at=at)
            cards.ready(due.client, by, at=at, language=language)
        _settle(due.rows, done_at=at, way=way)
        data = {
            "occasion": due.rows[0].occasion,
            "way": way,
            "rows": [row.public_id for row in due.rows],
            "language": language,
        }
        record("thanks.given", due.rows[0], by=by, at=at, branch=due.client.branch_id, data=data)
    return due.rows


def skip(*, by: Person, at: datetime, thanks: Thanks) -> Sequence[Thanks]:
    """The client wants no thanks for this. Raises Refused("thanks_settled"), NotAllowed."""
    with action():
        due = _due(by, thanks, skipped=True)
        if due.rows:
            _settle(due.rows, skipped_at=at)
            first = due.rows[0]
            record("thanks.skipped", first, by=by, at=at, branch=first.branch_id)
    return due.rows


def reopen(*, by: Person, at: datetime, thanks: Thanks) -> Sequence[Thanks]:
    """Take a tap back within the minutes of the setting: owed again.

    Raises Refused("undo_too_late", "thanks_sent") for what went by e-mail, NotAllowed.
    """
    with action():
        lock(thanks.client)
        thanks = lock(thanks)
        _require_own(by, thanks)
        noted = thanks.done_at or thanks.skipped_at
        if noted is None:
            return []
        if thanks.way == ThanksWay.EMAIL:
            raise Refused("thanks_sent")
        minutes = settings.value("undo_minutes", at=at, branch=thanks.branch_id)
        if not may_undo(noted, at, minutes):
            raise Refused("undo_too_late", minutes=minutes)
        rows = Thanks.objects.filter(client=thanks.client, occasion=thanks.occasion, seller=by)
        found = list(rows.filter(done_at=thanks.done_at, skipped_at=thanks.skipped_at))
        _settle(found)
        record("thanks.reopened", thanks, by=by, at=at, branch=thanks.branch_id)
    return found


def deliver(*, event: Event, at: datetime) -> Message | None:
    """Send the e-mail of one "thanks.given"; repeated calls send what a failure left.

    Where it may not go any more (the consent was taken back meanwhile), nothing is lost: the
    thanks are owed again, and the contact that never took place does not count. None then.
    """
    rows = Thanks.objects.filter(public_id__in=event.data["rows"], way=ThanksWay.EMAIL)
    first = rows.select_related("client__party", "seller").order_by("id").first()
    if first is None:
        return None
    message = client_mail.send(
        event=event,
        kind=KINDS[event.data["occasion"]],
        client=first.client,
        purpose=ClientPurpose.THANKS,
        language=event.data["language"],
        facts=_facts(first, event.data["language"], at=at),
        at=at,
    )
    if message is None:
        _owed_again(rows, first, at)
    return message


def did_not_reach(*, event: Event, at: datetime) -> int:
    """An e-mail was dropped (the consent was taken back in the night) or came back: what it was to
    say is owed again; how many. Twice is once, and what was given anew since stands."""
    message = Message.objects.filter(public_id=event.subject, kind__in=KINDS.values()).first()
    if message is None or message.state not in (MessageState.DROPPED, MessageState.BOUNCED):
        return 0
    given = Event.objects.filter(pk=message.event_id or 0, kind="thanks.given").first()
    if given is None:
        return 0
    rows = Thanks.objects.filter(
        public_id__in=given.data["rows"], way=ThanksWay.EMAIL, done_at=given.at
    )
    found = list(rows.select_related("client").order_by("id"))
    if found:
        _owed_again(found, found[0], at)
    return len(found)


def _facts(thanks: Thanks, language: str, *, at: datetime) -> dict[str, str]:
    client = thanks.client
    with action():
        card = cards.ready(lock(client), thanks.seller, at=at, language=language)
    party = client.party
    name = party.first_name
    greeting = polish.address(name, party.form) if language == "pl" else name
    return {"greeting": greeting, "seller": thanks.seller.full_name, "own": card_url(card)}


def _owed_again(rows: Iterable[Thanks], first: Thanks, at: datetime) -> None:
    with action():
        lock(first.client)
        Touch.objects.filter(
            client=first.client, kind=TouchKind.THANKS, at=first.done_at or at
        ).delete()
        _settle(list(rows))
        record("thanks.reopened", first, by=None, at=at, branch=first.branch_id)


def _due(by: Person, thanks: Thanks, *, way: str = "", skipped: bool = False) -> Due:
    """Locked: what is owed with `thanks`; nothing where the same was noted before."""
    client = lock(thanks.client, "party")
    thanks = lock(thanks)
    _require_own(by, thanks)
    if thanks.done_at is not None or thanks.skipped_at is not None:
        same = thanks.skipped_at is not None if skipped else thanks.way == way
        if same:
            return Due(client, [])
        raise Refused("thanks_settled")
    if thanks.occasion == rules.TALKED and not may_tell(thanks.referral.public_id):
        raise Refused("thanks_not_told")
    rows = queries.owed(by).filter(client=client, occasion=thanks.occasion)
    return Due(client, list(rows.select_for_update(of=("self",), no_key=True)))


def _require_own(by: Person, thanks: Thanks) -> None:
    require(by, Permission.THANK, thanks.branch_id)
    if thanks.seller_id != by.pk:
        raise NotAllowed("not_your_client")


def _require_email(client: Client) -> None:
    agreed = client_mail.agreed(client, ClientChannel.EMAIL, ClientPurpose.THANKS)
    if not client.party.email or not agreed:
        raise Refused("thanks_no_email", field="way")


def _settle(
    rows: Sequence[Thanks],
    *,
    done_at: datetime | None = None,
    skipped_at: datetime | None = None,
    way: str = "",
) -> None:
    ids = [row.pk for row in rows]
    Thanks.objects.filter(pk__in=ids).update(done_at=done_at, skipped_at=skipped_at, way=way)
