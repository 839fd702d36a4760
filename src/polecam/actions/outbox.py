"""Messages leave the house: each once, whatever dies or breaks in between.

A try takes the message (a lease), opens the door, writes down that it is being handed over, hands
it over, writes down that it went. Whoever dies before the handing-over leaves a message that is
simply taken again; whoever dies after it leaves one that is unsure, and those are never sent again
by themselves: an admin looks first (`actions.outbox_care`).
"""

import logging
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from polecam.actions import journal
from polecam.clients.models import ClientConsent
from polecam.journal.models import Cursor
from polecam.journal.record import record
from polecam.journal.rules import LONGEST_WAIT
from polecam.messages import outbox, rules
from polecam.messages.handover import hand_over
from polecam.messages.models import Medium, Message, MessageState
from polecam.messages.trouble import Permanent, Temporary, Trouble, Unsure
from polecam.privacy.models import Consent
from polecam.store import tx
from polecam.store.crypto import Unreadable
from polecam.store.faults import point

READER = "outbox:"
"""Prefix of the journal's cursors that say until when a medium rests; no reader of the journal."""
BATCH = 50
SECONDS = 20.0
log = logging.getLogger(__name__)
S = MessageState


def post(message: Message, *, at: datetime) -> Message:
    """The first try, at once, for whoever waits for it; what fails is tried again by the worker.

    Not while its medium rests after a failure, and not in the quiet hours. The row as it is now.
    """
    due = message.next_try_at is not None and message.next_try_at <= at
    if message.state == S.WAITING and due and not _rests(message.medium, at):
        trouble = deliver(message, at=at)
        if _is_unreachable(trouble):
            _rest(message.medium, at=at)
        message.refresh_from_db()
    return message


def deliver_due(*, at: datetime, worker: str = "") -> int:
    """Send what is due, for the worker: one medium after the other, so that none waits for another.

    A medium whose server cannot be reached rests, longer each time, and its messages with it; none
    of their tries are used up meanwhile. Returns how many were sent.
    """
    if not _due(at).exists():
        return 0
    _recover(at)
    worker = worker or secrets.token_hex(16)
    return sum(_deliver_by(medium, at=at, worker=worker) for medium in Medium.values)


def deliver(message: Message, *, at: datetime) -> Trouble | None:
    """One try, if it is this process that gets it: what went wrong, or None."""
    taken = take(message=message, at=at)
    if taken is None:
        return None
    point("outbox.taken", taken.kind)
    handed = False

    def begin() -> None:
        nonlocal handed
        handed = hand(message=taken, at=at)
        if not handed:
            raise Temporary("later")  # the lease was lost meanwhile: somebody else has it
        point("outbox.handing", taken.kind)

    try:
        gateway_id = hand_over(taken, begin)
    except Trouble as error:
        trouble = error
    except Exception as error:
        log.warning("message %s: %s", taken.public_id, type(error).__name__)
        trouble = Unsure("broken") if handed else Temporary("fault")
    else:
        point("outbox.handed", taken.kind)
        sent(message=taken, gateway_id=gateway_id, at=at)
        return None
    failed(message=taken, trouble=trouble, at=at)
    return trouble


def take(*, message: Message, at: datetime) -> Message | None:
    """Lease the message to this process for five minutes; None if it is not to be sent now.

    What nobody wants any more is dropped instead: its consent was taken back, its time is over, or
    its address is known not to exist. What was due before the night and could not go (a server was
    down, no worker ran) waits for the morning.
    """
    with tx.action():
        mine = Message.objects.filter(_waits_until(at), pk=message.pk)
        morning = outbox.after_the_night(message, at)
        if morning > at:
            mine.update(next_try_at=morning)
            return None
        if not mine.update(
            state=S.SENDING, leased_until=at + rules.LEASE, handed_at=None, tries=F("tries") + 1
        ):
            return None
        taken = Message.objects.select_related("party", "person").get(pk=message.pk)
        try:
            why = _unwanted(taken, at)
        except Unreadable:  # its key is gone, or the row is damaged: no other message waits for it
            _end(taken, S.FAILED, "fault", at=at)
            return None
        if why:
            _end(taken, S.DROPPED, why, at=at)
            return None
    return taken


def hand(*, message: Message, at: datetime) -> bool:
    """Write down that it is being handed over now; False where the lease was lost."""
    rows = Message.objects.filter(
        pk=message.pk, state=S.SENDING, leased_until=message.leased_until, handed_at=None
    )
    with tx.action():
        return bool(rows.update(handed_at=at))


def sent(*, message: Message, gateway_id: str, at: datetime) -> None:
    """Write down that it left the house, even where others had begun to wonder."""
    with tx.action():
        rows = Message.objects.filter(pk=message.pk, state__in=[S.SENDING, S.UNSURE])
        if rows.update(
            state=S.SENT, sent_at=at, gateway_id=gateway_id, leased_until=None, trouble=""
        ):
            record("message.sent", message, by=None, at=at, data=_told(message))


def failed(*, message: Message, trouble: Trouble, at: datetime) -> None:
    """Write down what a try that failed means: again later, given up, or unsure."""
    with tx.action():
        current = tx.lock(message)
        if current.state != S.SENDING or current.leased_until != message.leased_until:
            return
        if isinstance(trouble, Temporary):
            pause = rules.pause_after(current.tries)
            if pause is None:
                _end(current, S.FAILED, "gave_up", at=at)
            else:
                _again(current, trouble.code, at + pause)
        elif isinstance(trouble, Permanent):
            if trouble.bounced:
                outbox.mark_dead(current.medium, current.to, at=at)
            _end(current, S.BOUNCED if trouble.bounced else S.FAILED, trouble.code, at=at)
        else:
            _end(current, S.UNSURE, trouble.code, at=at)


def _due(at: datetime) -> QuerySet[Message]:
    over = Q(leased_until__lte=at) | Q(leased_until__gt=at + 2 * rules.LEASE)
    return Message.objects.filter(_waits_until(at) | Q(over, state=S.SENDING))


def _waits_until(at: datetime) -> Q:
    """What waits no longer at `at`; what would wait for ever was written under a wrong clock."""
    due = Q(next_try_at__lte=at) | Q(next_try_at__gt=at + LONGEST_WAIT)
    return Q(due, state=S.WAITING)


def _recover(at: datetime) -> None:
    """Whoever had these died: untouched ones are taken again, the others are unsure."""
    for message in _due(at).filter(state=S.SENDING).order_by("id")[:BATCH]:
        with tx.action():
            current = tx.lock(message)
            if current.state != S.SENDING or current.leased_until != message.leased_until:
                continue
            if current.handed_at is None:
                _again(current, "died", at)
            else:
                _end(current, S.UNSURE, "died", at=at)


def _deliver_by(medium: str, *, at: datetime, worker: str) -> int:
    due = Message.objects.filter(_waits_until(at), medium=medium)
    waiting = list(due.order_by("next_try_at", "id")[:BATCH])
    if not waiting:
        return 0
    cursor = journal.take_lease(reader=READER + medium, worker=worker, at=at)
    if cursor is None:
        return 0
    began, done = time.monotonic(), 0
    for message in waiting:
        passed = time.monotonic() - began
        if passed > SECONDS:
            break
        trouble = deliver(message, at=at + timedelta(seconds=int(passed)))
        if _is_unreachable(trouble):
            journal.note_failure(cursor=cursor, event=None, error="", at=at)
            return done
        done += trouble is None
    journal.advance(cursor=cursor, txid=0, event_id=0, at=at)
    journal.give_back(cursor=cursor)
    return done


def _is_unreachable(trouble: Trouble | None) -> bool:
    return isinstance(trouble, Temporary) and trouble.unreachable


def _rest(medium: str, *, at: datetime) -> None:
    """From one failure to the next, the medium rests for longer."""
    cursor = journal.take_lease(reader=READER + medium, worker=secrets.token_hex(16), at=at)
    if cursor is not None:
        journal.note_failure(cursor=cursor, event=None, error="", at=at)


def _rests(medium: str, at: datetime) -> bool:
    rests = Cursor.objects.filter(reader=READER + medium, retry_at__gt=at)
    return rests.filter(retry_at__lte=at + LONGEST_WAIT).exists()


def _unwanted(message: Message, at: datetime) -> str:
    """Why a message is not to be sent any more; empty if it is."""
    reasons: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("late", lambda: message.good_until is not None and message.good_until <= at),
        ("left", lambda: message.person is not None and not message.person.is_active),
        ("withdrawn", lambda: message.party is not None and not _agreed(message)),
        ("dead", lambda: outbox.is_dead(message.medium, message.to)),
    )
    return next((why for why, holds in reasons if holds()), "")


def _agreed(message: Message) -> bool:
    """Whether the consent a message rests on is still there (a friend's, or a client's own)."""
    party = message.party
    if party is None or party.erased_at is not None:
        return False
    own = Consent.objects.filter(public_id=message.basis, party=party, withdrawn_at=None)
    clients = ClientConsent.objects.filter(
        public_id=message.basis, client__party=party, withdrawn_at=None
    )
    return own.exists() or clients.exists()


def _again(message: Message, trouble: str, when: datetime) -> None:
    message.state, message.trouble = S.WAITING, trouble
    message.leased_until = message.handed_at = None
    message.next_try_at = outbox.after_the_night(message, when)
    message.save(update_fields=["state", "trouble", "leased_until", "handed_at", "next_try_at"])


def _end(message: Message, state: MessageState, trouble: str, *, at: datetime) -> None:
    message.state, message.trouble, message.failed_at = state, trouble, at
    message.leased_until = None
    message.save(update_fields=["state", "trouble", "failed_at", "leased_until"])
    kind = "message.dropped" if state == S.DROPPED else "message.failed"
    record(kind, message, by=None, at=at, data={**_told(message), "why": trouble})


def _told(message: Message) -> dict[str, str]:
    """What the journal says of a message: to which consent or colleague it belongs."""
    told = {"kind": message.kind, "medium": str(message.medium)}
    if message.basis:
        told["consent"] = message.basis
    if message.person is not None:
        told["person"] = message.person.public_id
    return told
