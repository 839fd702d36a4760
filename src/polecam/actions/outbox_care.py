"""An admin looks after what could not be sent: once more, put aside, or an address works again."""

from datetime import datetime

from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.messages import outbox
from polecam.messages.models import Bounce, Message, MessageState
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store import tx

S = MessageState
AGAIN = ("not_there", "cause_gone", "wanted")
"""Why it is sent once more: it never arrived; the cause is mended; it is wanted all the same."""
ASIDE = ("arrived", "told", "pointless")
"""Why it is put aside: it did arrive; they were told otherwise; it has lost its point."""
CAN_GO_AGAIN = frozenset({S.UNSURE, S.FAILED})
CAN_BE_LEFT = CAN_GO_AGAIN | {S.WAITING, S.BOUNCED}


def send_again(*, by: Person, at: datetime, message: Message, reason: str) -> Message:
    """Send a message once more, after a human looked. Raises Refused, NotAllowed.

    The human answers for it: one that was unsure may arrive a second time. Whether it may still be
    sent at all (consent, dead address) is looked at again when it goes.
    """
    with tx.action():
        require(by, Permission.MANAGE_MESSAGES)
        message = tx.lock(message)
        if reason not in AGAIN:
            raise Refused("choice_unknown", field="reason")
        if message.state not in CAN_GO_AGAIN:
            raise Refused("message_moved_on")
        _wait_again(message, at)
        record("message.again", message, by=by, at=at, data={"why": reason})
    return message


def send_all_again(*, by: Person, at: datetime) -> int:
    """Send everything once more that was given up after its eight tries; how many messages.

    Nothing of it was ever handed over, so none of it can arrive twice. Raises NotAllowed.
    """
    with tx.action():
        require(by, Permission.MANAGE_MESSAGES)
        given_up = Message.objects.select_for_update(of=("self",), no_key=True).filter(
            state=S.FAILED, trouble="gave_up"
        )
        found = list(given_up.order_by("id"))
        for message in found:
            _wait_again(message, at)
            record("message.again", message, by=by, at=at, data={"why": "cause_gone"})
    return len(found)


def put_aside(*, by: Person, at: datetime, message: Message, reason: str) -> Message:
    """Leave a message unsent for good. Raises Refused, NotAllowed."""
    with tx.action():
        require(by, Permission.MANAGE_MESSAGES)
        message = tx.lock(message)
        if reason not in ASIDE:
            raise Refused("choice_unknown", field="reason")
        if message.state not in CAN_BE_LEFT:
            raise Refused("message_moved_on")
        message.state, message.trouble, message.failed_at = S.DROPPED, "aside", at
        message.save(update_fields=["state", "trouble", "failed_at"])
        record("message.put_aside", message, by=by, at=at, data={"why": reason})
    return message


def lift(*, by: Person, at: datetime, message: Message) -> Message:
    """The address of a message that came back works again: write there from now on, this one first.

    Raises Refused, NotAllowed.
    """
    with tx.action():
        require(by, Permission.MANAGE_MESSAGES)
        message = tx.lock(message)
        if message.state != S.BOUNCED and (message.state, message.trouble) != (S.DROPPED, "dead"):
            raise Refused("message_moved_on")
        index = outbox.index_of(message.medium, message.to)
        Bounce.objects.filter(medium=message.medium, index=index, lifted_at=None).update(
            lifted_at=at
        )
        _wait_again(message, at)
        record("bounce.lifted", message, by=by, at=at)
    return message


def _wait_again(message: Message, at: datetime) -> None:
    message.state, message.trouble, message.tries = S.WAITING, "", 0
    message.failed_at = message.handed_at = message.leased_until = None
    message.next_try_at = outbox.after_the_night(message, at)
    message.save(
        update_fields="state trouble tries failed_at handed_at leased_until next_try_at".split()
    )
