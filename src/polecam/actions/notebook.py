"""A seller's private notebook of what went badly, with an if-then plan.

These acts leave no event: the journal is read by others, and even that somebody had a bad day is
theirs alone (invariant 21).
"""

from datetime import datetime

from polecam.asking.models import Setback
from polecam.asking.setbacks import KINDS, LONGEST
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.referrals.rules import holds_contact
from polecam.store.tx import action, lock


def write(
    *,
    by: Person,
    at: datetime,
    kind: str,
    what: str,
    when_next: str = "",
    then_do: str = "",
    setback: Setback | None = None,
) -> Setback:
    """Write a page, or change an own one (`setback`); the three texts are stored sealed.

    Raises Refused("unknown_setback", "setback_empty", "words_too_long", "words_with_contact"),
    NotAllowed for anyone else's page.
    """
    texts = {"what": what.strip(), "when_next": when_next.strip(), "then_do": then_do.strip()}
    if kind not in KINDS:
        raise Refused("unknown_setback", field="kind")
    if not any(texts.values()):
        raise Refused("setback_empty", field="what")
    for field, text in texts.items():
        if len(text) > LONGEST:
            raise Refused("words_too_long", field=field, longest=LONGEST)
        if holds_contact(text):
            raise Refused("words_with_contact", field=field)
    with action():
        require(by, Permission.ASK)
        page = _own(by, setback) if setback else Setback(seller=by, noted_at=at)
        page.kind = kind
        for field, text in texts.items():
            setattr(page, field, text)
        page.save()
    return page


def close(*, by: Person, at: datetime, setback: Setback) -> Setback:
    """The page is done with; it stays to be read. Twice is once."""
    with action():
        page = _own(by, setback)
        if page.closed_at is None:
            page.closed_at = at
            page.save(update_fields=["closed_at"])
    return page


def tear_out(*, by: Person, at: datetime, setback: Setback) -> None:
    """Nothing is kept of the page (`at`: when)."""
    with action():
        Setback.objects.filter(pk=_own(by, setback).pk, noted_at__lte=at).delete()


def _own(by: Person, setback: Setback) -> Setback:
    page = lock(setback)
    if page.seller_id != by.pk:
        raise NotAllowed("not_your_page")
    return page
