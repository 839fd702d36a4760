"""Whoever keeps the day's roots outside the house: so that nobody can rewrite history unseen."""

from datetime import datetime, timedelta

from polecam.actions import outbox
from polecam.claims.models import RootHolder
from polecam.claims.papers import keepers
from polecam.journal.models import Seal
from polecam.journal.record import record
from polecam.kit import emails
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.messages import roots, words
from polecam.messages.models import Medium
from polecam.messages.outbox import Letter, write
from polecam.messages.quiet import ROOTS
from polecam.organisation.settings import organisation, zone
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store import tx
from polecam.store.tx import each

MOST_OUTSIDE = 50
DAY = timedelta(days=1)


def keep(*, by: Person, at: datetime) -> RootHolder:
    """From now on `by` gets each day's root by mail. Again: the same."""
    with tx.action():
        require(by, Permission.SEE_SEALS)
        known = keepers().filter(person=by).first()
        if known is not None:
            return known
        return _begin(RootHolder(person=by, language=by.language, since=at), by, at)


def stop(*, by: Person, at: datetime) -> None:
    """`by` gets no more roots; what was mailed stays theirs."""
    with tx.action():
        for holder in keepers().filter(person=by):
            _end(holder, by, at)


def keep_outside(*, by: Person, at: datetime, email: str, language: str) -> RootHolder:
    """Mail the roots to somebody who does not work here: an auditor, the works council.

    Raises Refused("email_invalid", "root_holder_known", "root_holders_many"), NotAllowed.
    """
    address = emails.normal(email)
    if not address:
        raise Refused("email_invalid", field="email")
    with tx.action():
        require(by, Permission.MANAGE_SETTINGS)
        outside = keepers().filter(person=None)
        if outside.filter(email__iexact=address).exists():
            raise Refused("root_holder_known", field="email")
        if outside.count() >= MOST_OUTSIDE:
            raise Refused("root_holders_many", field="email", most=MOST_OUTSIDE)
        holder = RootHolder(
            email=address, language=language if language == "en" else "pl", since=at
        )
        return _begin(holder, by, at)


def stop_outside(*, by: Person, at: datetime, holder: RootHolder) -> None:
    """Mail no more roots to an outside address, and forget it. Raises NotAllowed."""
    with tx.action():
        require(by, Permission.MANAGE_SETTINGS)
        holder = tx.lock(holder)
        if holder.until is None and holder.person_id is None:
            _end(holder, by, at)


def send_due(*, at: datetime) -> int:
    """Mail every newly sealed day to everyone who keeps the roots; how many mails.

    The first one begins with the day before they asked.
    Each holder's own mark says how far they were told, so nothing is mailed twice; what fails is
    tried again from the outbox.
    """
    newest = Seal.objects.order_by("-day").values_list("day", flat=True).first()
    if newest is None:
        return 0
    due = keepers().exclude(sent_through__gte=newest).select_related("person")
    return each(due, lambda holder: _send(holder, at))


def _send(holder: RootHolder, at: datetime) -> bool:
    if holder.person is not None and not holder.person.is_active:
        return False
    with tx.action():
        holder = tx.lock(holder)
        told = holder.sent_through or day_of(holder.since, zone()) - 2 * DAY
        found = list(Seal.objects.defer("leaves").filter(day__gt=told).order_by("day"))
        if not found or holder.until is not None:
            return False
        message = write(_letter(holder, found), event=None, at=at)
        holder.sent_through = found[-1].day
        holder.save(update_fields=["sent_through"])
    outbox.post(message, at=at)
    return True


def _letter(holder: RootHolder, found: list[Seal]) -> Letter:
    days = [roots.Day(seal.day, seal.root, seal.events) for seal in found]
    language = holder.person.language if holder.person else holder.language
    facts = {"firm": organisation().name, **roots.facts(language, days)}
    subject, body = words.composed(ROOTS, Medium.EMAIL, language, facts)
    return Letter(
        kind=ROOTS,
        to=holder.person.email if holder.person else holder.email,
        subject=subject,
        body=body,
        language=language,
        person=holder.person,
    )


def _begin(holder: RootHolder, by: Person, at: datetime) -> RootHolder:
    holder.save()
    record("root_holder.began", holder, by=by, at=at, data={"outside": holder.person_id is None})
    return holder


def _end(holder: RootHolder, by: Person, at: datetime) -> None:
    holder.until, holder.email = at, ""
    holder.save(update_fields=["until", "email"])
    record("root_holder.ended", holder, by=by, at=at, data={"outside": holder.person_id is None})
