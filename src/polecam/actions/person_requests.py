"""What people ask about their data: noted, found, extended with a reason in time, done."""

from datetime import date, datetime

from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.privacy import rules
from polecam.privacy.models import Came, PersonRequest, RequestKind, RequestOutcome
from polecam.store import tx


def note(
    *,
    by: Person | None,
    at: datetime,
    kind: str,
    party: Party | None = None,
    who: str = "",
    came: str = Came.LETTER,
    received_on: date | None = None,
) -> PersonRequest:
    """Note a request of a person; its deadline runs from the day it came (default: today).

    `by` None: the person, from their own page (`came` own_page, with `party`). `who`: name and
    address to answer to, while nobody is found under them. The same open request of the same
    person is one, whoever notes it again. Raises NotAllowed, Refused("request_kind",
    "request_who", "request_in_future").
    """
    with tx.action():
        require(by, Permission.KEEP_REGISTER)
        if kind not in RequestKind.values or came not in Came.values:
            raise Refused("request_kind", field="kind")
        who = " ".join(who.split())[:160]
        if party is None and not who:
            raise Refused("request_who", field="who")
        today = day_of(at, settings.zone())
        received = received_on or today
        if received > today:
            raise Refused("request_in_future", field="received_on")
        if party is not None:
            tx.lock(party)  # two taps are one request
            same = PersonRequest.objects.filter(party=party, kind=kind, done_at=None).first()
            if same is not None:
                return same
        days = settings.value("request_days", at=at)
        made = PersonRequest(
            kind=kind,
            party=party,
            came=came,
            received_on=received,
            due_on=rules.request_due(received, days),
            noted_by=by,
            noted_at=at,
        )
        made.who = "" if party else who
        made.save()
        data = {"kind": kind, "came": came, "due": made.due_on}
        record("personrequest.noted", made, by=by, at=at, data=data)
        return made


def find(*, by: Person, at: datetime, request: PersonRequest, party: Party) -> PersonRequest:
    """Say whose request it is; what the letter said about them goes. Raises NotAllowed, Refused."""
    with tx.action():
        request = _open(by, request)
        request.party, request.who = party, ""
        request.save(update_fields=["party", "who_sealed"])
        record("personrequest.found", request, by=by, at=at)
        return request


def extend(*, by: Person, at: datetime, request: PersonRequest, why: str) -> PersonRequest:
    """Take up to three months, before the first deadline passes, with a reason (GDPR 12(3)).

    Raises NotAllowed, Refused("request_extended", "request_late", "request_needs_reason").
    """
    with tx.action():
        request = _open(by, request)
        today = day_of(at, settings.zone())
        rules.check_extension(request.due_on, request.extended_at is not None, why, today)
        request.due_on = rules.extended_due(request.received_on)
        request.extended_why, request.extended_at = " ".join(why.split())[:200], at
        request.save(update_fields=["due_on", "extended_why", "extended_at"])
        data = {"due": request.due_on}
        record("personrequest.extended", request, by=by, at=at, data=data, text=why.strip())
        return request


def finish(
    *, by: Person, at: datetime, request: PersonRequest, outcome: str, why: str = ""
) -> PersonRequest:
    """It is answered. Kept are kind, dates and outcome; what the letter said goes.

    Raises NotAllowed, Refused: "request_outcome"; "request_not_erased" while an erasure is called
    done and the person still stands; "request_nobody" where nobody was found; "request_somebody"
    where somebody was; "request_needs_reason" for a refusal without one (GDPR 12(4)).
    """
    with tx.action():
        request = _open(by, request)
        why = " ".join(why.split())[:200]
        _check_outcome(request, outcome, why)
        close(request, by=by, at=at, outcome=outcome, why=why)
        return request


def close(
    request: PersonRequest, *, by: Person | None, at: datetime, outcome: str, why: str = ""
) -> None:
    """Inner step: mark as answered."""
    request.done_at, request.done_by = at, by
    request.outcome, request.outcome_why, request.who = outcome, why, ""
    request.save(update_fields=["done_at", "done_by", "outcome", "outcome_why", "who_sealed"])
    data = {"kind": request.kind, "outcome": outcome, "due": request.due_on}
    record("personrequest.done", request, by=by, at=at, data=data, text=why)


def _check_outcome(request: PersonRequest, outcome: str, why: str) -> None:
    if outcome not in RequestOutcome.values:
        raise Refused("request_outcome", field="outcome")
    if outcome == RequestOutcome.REFUSED and not why:
        raise Refused("request_needs_reason", field="why")
    stands = request.party is not None and request.party.erased_at is None
    if outcome == RequestOutcome.NOTHING_KEPT and stands:
        raise Refused("request_somebody", field="outcome")
    if outcome != RequestOutcome.DONE:
        return
    if request.party is None:
        raise Refused("request_nobody", field="outcome")
    if request.kind == RequestKind.ERASE and stands:
        raise Refused("request_not_erased", field="outcome")


def _open(by: Person, request: PersonRequest) -> PersonRequest:
    require(by, Permission.KEEP_REGISTER)
    request = tx.lock(request)
    if request.done_at is not None:
        raise Refused("request_over")
    return request
