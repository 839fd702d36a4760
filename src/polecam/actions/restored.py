"""A house that came back from a copy: what was forgotten since is forgotten again, and no message
goes twice.

Everything here may be done twice: whoever is stopped in the middle begins again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import QuerySet

from polecam.actions import (
    client_consents,
    clients,
    consents,
    courage,
    effort,
    erasure,
    objections,
    survey_answers,
    telling,
)
from polecam.actions.outbox import READER
from polecam.actions.parties import JOINING
from polecam.clients.models import Client, ClientConsent
from polecam.files import vault
from polecam.files.models import Upload
from polecam.journal.models import Cursor
from polecam.journal.record import record
from polecam.keeping import erased
from polecam.keeping.models import Backup
from polecam.messages.models import Medium, Message, MessageState
from polecam.organisation.settings import organisation
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.privacy.models import Consent, Telling
from polecam.referrals import states
from polecam.referrals.models import Referral
from polecam.store import tx
from polecam.surveys.models import Survey

HELD = "restored"
"""Why a message is unsure: whether it went after the copy was made, nobody here knows."""
QUIET = timedelta(days=1)
Deed = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put right."""

    again: int
    """Erasures and objections since the copy, done once more."""
    held: int
    """Messages that an admin must look at."""
    files: int
    """Uploads that the copy has no bytes of any more."""


def be_quiet(*, at: datetime) -> None:
    """Nothing is sent until `put_right` has looked at what waits."""
    with tx.action():
        for medium in Medium.values:
            Cursor.objects.update_or_create(
                reader=READER + medium,
                defaults={"retry_at": at + QUIET, "leased_until": None, "leased_by": ""},
            )


def forget_again(*, at: datetime, told: erased.Told) -> int:
    """Do once more what the erasure list tells since the copy; how much there was to do.

    Each in its own transaction; one that fails keeps no other waiting, and is raised at the end.
    """
    with erased.silently():
        done = tx.each(_deeds(told, at), lambda deed: bool(deed()) or True)
    erasure.settle_files()
    return done


def put_right(*, at: datetime, name: str, again: int) -> Restored:
    """Hold what waits to be sent, note what is missing, and tell the journal.

    `name`: the copy. Messages that waited, and those that readers of the journal made only now,
    may have left after the copy was made: they are unsure, and an admin sends or drops them.
    """
    with tx.action():
        waiting = Message.objects.filter(state__in=[MessageState.WAITING, MessageState.SENDING])
        held = waiting.update(
            state=MessageState.UNSURE, trouble=HELD, failed_at=at, leased_until=None
        )
        Cursor.objects.filter(reader__startswith=READER).update(retry_at=None, failures=0)
        kept = Upload.objects.filter(deleted_at=None)
        lost = [row.pk for row in kept if not vault.path_of(row.public_id).exists()]
        Upload.objects.filter(pk__in=lost).update(deleted_at=at)
        Backup.objects.filter(ended_at=None, problem="", name=name).update(ended_at=at)
        Backup.objects.filter(ended_at=None, problem="").update(problem="stopped")
        found = Restored(again, held, len(lost))
        data = {"copy": name, "again": again, "held": held, "files": len(lost)}
        record("data.restored", organisation(), by=None, at=at, data=data)
    return found


def _deeds(told: erased.Told, at: datetime) -> Iterator[Deed]:
    """What is not yet as the list says."""
    for kind, index in sorted(told.never):
        yield partial(_never, kind, index, at)
    for mark, rows, do in AGAIN:
        if told.marks.get(mark):
            for row in rows().order_by("id"):
                if told.holds(mark, row.public_id):
                    yield partial(do, row, at)


def _never(kind: str, index: str, at: datetime) -> None:
    with tx.action():
        objections.never_again(kind, index, at)


def _withdrawn(consent: Consent, at: datetime) -> None:
    channel, purpose = consent.channel, consent.purpose
    consents.withdraw(consent=consent, at=at, channel=channel, purpose=purpose)


def _disagreed(given: ClientConsent, at: datetime) -> None:
    channel, purpose = given.channel, given.purpose
    client_consents.withdraw(client=given.client, at=at, channel=channel, purpose=purpose)


def _unanswered(survey: Survey, at: datetime) -> None:
    survey_answers.withdraw(survey=survey, at=at)


def _never_asked(client: Client, at: datetime) -> None:
    clients.never_ask(by=None, at=at, client=client)


def _untold(referral: Referral, at: datetime) -> None:
    with tx.action():
        telling.withdraw(tx.lock(referral), at=at)


def _objected(referral: Referral, at: datetime) -> None:
    with tx.action():
        objections.stop_one(tx.lock(referral), at=at)


def _expired(referral: Referral, at: datetime) -> None:
    with tx.action():
        erasure.forget(tx.lock(referral), at=at)


def _erased(party: Party, at: datetime) -> None:
    with tx.action():
        tx.lock_keys([JOINING])
        erasure.erase_row(tx.lock(party), by=None, at=at)


def _uncourage(person: Person, at: datetime) -> None:
    courage.forget(by=person, at=at)


def _uneffort(person: Person, at: datetime) -> None:
    effort.forget_all(by=person, at=at)


def _told() -> QuerySet[Referral]:
    standing = Telling.objects.filter(withdrawn_at=None)
    return Referral.objects.filter(public_id__in=standing.values("referral"))


def _agreed() -> QuerySet[ClientConsent]:
    return ClientConsent.objects.filter(withdrawn_at=None).select_related("client")


AGAIN: tuple[tuple[str, Callable[[], QuerySet[Any]], Callable[[Any, datetime], None]], ...] = (
    (erased.CONSENT, lambda: Consent.objects.filter(withdrawn_at=None), _withdrawn),
    (erased.TELLING, _told, _untold),
    (erased.CLIENT_CONSENT, _agreed, _disagreed),
    (erased.SURVEY, lambda: Survey.objects.exclude(score=None), _unanswered),
    (erased.CLIENT, lambda: Client.objects.filter(never_ask_at=None), _never_asked),
    (erased.OBJECTED, lambda: Referral.objects.exclude(state=states.OBJECTED), _objected),
    (erased.REFERRAL, lambda: Referral.objects.filter(erased_at=None), _expired),
    (erased.PARTY, lambda: Party.objects.filter(erased_at=None), _erased),
    (erased.COURAGE, Person.objects.all, _uncourage),
    (erased.EFFORT, Person.objects.all, _uneffort),
)
"""Of each mark: the rows that are not yet as it says, and what is done to one; in an order in which
each still finds its rows."""
