"""Praise between colleagues, and consent to appear in the team's good news."""

import secrets
from datetime import datetime, timedelta

from polecam.journal.record import record
from polecam.people.models import Person
from polecam.people.permissions import Permission, require, standing
from polecam.recognition.models import Clap, Praise
from polecam.recognition.queries import visible_to
from polecam.recognition.rules import check_praise
from polecam.store import tx

SAME_PRAISE = timedelta(minutes=1)


def praise(*, by: Person, at: datetime, receiver: Person, text: str) -> Praise:
    """Praise a colleague of the same branch; the same words within a minute are one praise.

    Raises Refused for oneself, a stranger, no words.
    """
    with tx.action():
        tx.lock(by)
        together = [
            branch
            for branch in standing(by).branches(Permission.PRAISE)
            if branch in standing(receiver).roles
        ]
        words = check_praise(giver=by.pk, receiver=receiver.pk, together=bool(together), text=text)
        require(by, Permission.PRAISE, together[0])
        just_now = Praise.objects.filter(giver=by, receiver=receiver, at__gt=at - SAME_PRAISE)
        same = just_now.filter(text=words, withdrawn_at=None).first()
        if same:
            return same
        given = Praise.objects.create(
            giver=by,
            receiver=receiver,
            branch_id=together[0],
            text=words,
            nonce=secrets.token_hex(16),
            at=at,
        )
        record(
            "praise.given",
            given,
            by=by,
            at=at,
            branch=given.branch_id,
            data={"receiver": receiver.public_id},
            text=words,
            nonce=given.nonce,
        )
        return given


def take_back(*, by: Person, at: datetime, praise: Praise) -> None:
    """Giver or receiver takes a praise off the wall. Raises Praise.DoesNotExist for others."""
    with tx.action():
        own = visible_to(by).filter(pk=praise.pk)
        given = (own.filter(giver=by) | own.filter(receiver=by)).get()
        given.withdrawn_at = at
        given.save(update_fields=["withdrawn_at"])
        record("praise.withdrawn", given, by=by, at=at, branch=given.branch_id)


def clap(*, by: Person, at: datetime, praise: Praise) -> None:
    """Join a praise; a second time takes the clap back. Raises Praise.DoesNotExist if not seen."""
    with tx.action():
        seen = tx.lock(visible_to(by).get(pk=praise.pk))
        if Clap.objects.filter(praise=seen, person=by).delete()[0]:
            return
        Clap.objects.create(praise=seen, person=by, at=at)
        record("praise.clapped", seen, by=by, at=at, branch=seen.branch_id)


def join_feed(*, by: Person, at: datetime) -> Person:
    """From now on the team may read good news about this person; nothing of before."""
    return _feed(by, at, since=at, kind="feed.consented")


def leave_feed(*, by: Person, at: datetime) -> Person:
    """Good news about this person disappear at once, old ones too."""
    return _feed(by, at, since=None, kind="feed.withdrawn")


def _feed(by: Person, at: datetime, *, since: datetime | None, kind: str) -> Person:
    with tx.action():
        person = tx.lock(by)
        if (person.in_feed_since is None) == (since is None):
            return person
        person.in_feed_since = since
        person.save(update_fields=["in_feed_since"])
        record(kind, person, by=person, at=at, branch=standing(person).home)
        return person
