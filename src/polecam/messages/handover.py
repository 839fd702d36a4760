"""Giving one message to whoever carries it, and what may come of that.

A try ends in one of four ways: it left the house, or one of `messages.trouble`. `begin` is called
when the door stands open and before anything of the message is handed over.
"""

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from polecam.messages import gateway, mail
from polecam.messages.models import Medium, Message
from polecam.messages.trouble import Permanent, Temporary, Trouble, Unsure

Begin = Callable[[], None]
STATUS = re.compile(r"\b([45])\.(\d{1,3})\.(\d{1,3})\b")
"""Enhanced status code (RFC 3463) in a server's answer."""


def hand_over(message: Message, begin: Begin) -> str:
    """Hand a message over; the gateway's own id of it, or "". Raises one of the Troubles."""
    if message.medium == Medium.SMS:
        return gateway.chosen().send(message, begin)
    _email(message, begin)
    return ""


def _email(message: Message, begin: Begin) -> None:
    door = get_connection()
    try:
        door.open()
    except smtplib.SMTPAuthenticationError as error:
        raise Temporary("login", unreachable=True) from error
    except OSError as error:  # smtplib's errors are OSErrors, too
        raise Temporary("unreachable", unreachable=True) from error
    begin()
    try:
        extra = mail.headers(message)
        mail.send_email(message.to, message.subject, message.body, message.public_id, extra, door)
    except (OSError, ValueError) as error:
        raise _meaning(error, door) from error
    finally:
        with suppress(OSError):
            door.close()


def _meaning(error: Exception, door: BaseEmailBackend) -> Trouble:
    """What an error of a try to send means."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return _refused(code, _text(said), of_address=True)
    if isinstance(error, smtplib.SMTPResponseException):
        return _refused(error.smtp_code, _text(error.smtp_error), of_address=False)
    if isinstance(error, smtplib.SMTPNotSupportedError | ValueError):
        return Permanent("content")
    if not getattr(door, "data_began", True):
        return Temporary("unreachable", unreachable=True)
    return Unsure("broken")


def _refused(code: int, said: str, *, of_address: bool) -> Trouble:
    """4xx comes back later; 5xx is final, and bounced where it is about the address itself."""
    if code < 500:
        return Temporary("later")
    found = STATUS.search(said)
    subject, detail = (int(found[2]), int(found[3])) if found else (0, 0)
    if is_about_address(subject, detail) or (of_address and not found):
        return Permanent("address", bounced=True)
    return Permanent("policy" if subject == 7 or of_address else "content")


def is_about_address(subject: int, detail: int) -> bool:
    """Whether 5.subject.detail says that there is no such mailbox (a full one is still one)."""
    return subject == 1 or (subject, detail) in {(2, 1), (4, 4)}


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
