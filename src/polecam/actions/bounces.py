"""What is told of a message after it left: delivered, given up, or come back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from polecam.journal.record import record
from polecam.kit import emails
from polecam.messages import dsn, outbox
from polecam.messages.handover import is_about_address
from polecam.messages.models import Message, MessageState
from polecam.messages.smsapi import DELIVERED, NOT_FOUND, UNDELIVERED
from polecam.store import tx

S = MessageState
LEFT = frozenset({S.SENDING, S.UNSURE, S.SENT, S.DELIVERED})
IDENT = 15
"""Characters of a public id, with which each `idx` begins."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the gateway says of one text message: its own id of it, ours, and how it went."""

    gateway_id: str
    idx: str
    status: str


def told_by_mail(*, at: datetime, raw: bytes) -> int:
    """Take in a notification of the mail server; how many of its parts were news of ours.

    A lasting failure marks the message as bounced, and its address as dead where the notification
    names that very address and says that it does not exist. Twice is once.
    """
    return sum(_take_in(report, at) for report in dsn.read(raw))


def told_by_gateway(*, at: datetime, told: Iterable[Told]) -> int:
    """Take in the gateway's delivery reports; how many of them were news. Twice is once."""
    return sum(_text_message(one, at) for one in told)


def _take_in(report: dsn.Report, at: datetime) -> bool:
    with tx.action():
        message = _locked(public_id=report.ident)
        if message is None or message.state not in LEFT:
            return False
        if report.action == "delivered":
            return _delivered(message, at)
        kind, subject, detail = report.status
        if report.action != "failed":
            return False
        lasting = kind == 5 and is_about_address(subject, detail)
        ours = emails.same_key(message.to) in {emails.same_key(to) for to in report.recipients}
        if lasting and ours:
            outbox.mark_dead(message.medium, message.to, at=at)
        code = "address" if lasting else ("policy" if kind == 5 else "expired")
        return _came_back(message, S.BOUNCED if lasting else S.FAILED, code, at)


def _text_message(one: Told, at: datetime) -> bool:
    with tx.action():
        message = _locked(gateway_id=one.gateway_id) if one.gateway_id else None
        message = message or _locked(public_id=one.idx[:IDENT], medium="sms")
        if message is None or message.state not in LEFT:
            return False
        if one.status in DELIVERED:
            return _delivered(message, at)
        if one.status in NOT_FOUND:
            outbox.mark_dead(message.medium, message.to, at=at)
            return _came_back(message, S.BOUNCED, "number", at)
        if one.status in UNDELIVERED:
            return _came_back(message, S.FAILED, "undelivered", at)
        return False


def _locked(**by: str) -> Message | None:
    found = Message.objects.filter(**by).first()
    return tx.lock(found) if found else None


def _delivered(message: Message, at: datetime) -> bool:
    if message.state == S.DELIVERED:
        return False
    message.state, message.delivered_at, message.trouble = S.DELIVERED, at, ""
    message.sent_at, message.failed_at = message.sent_at or at, None
    message.leased_until = None
    message.save(update_fields="state delivered_at trouble sent_at failed_at leased_until".split())
    return True


def _came_back(message: Message, state: MessageState, trouble: str, at: datetime) -> bool:
    message.state, message.trouble, message.failed_at = state, trouble, at
    message.leased_until = None
    message.save(update_fields=["state", "trouble", "failed_at", "leased_until"])
    data = {"kind": message.kind, "medium": str(message.medium), "why": trouble}
    record("message.bounced", message, by=None, at=at, data=data)
    return True
