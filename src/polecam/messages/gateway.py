"""How text messages leave the house: through a gateway, if the firm has one.

A gateway takes one message and gives back its own id of it, by which it tells later what became of
it. There is one real one, SMSAPI (`messages.smsapi`); a demo and tests write files.
"""

from collections.abc import Callable
from typing import Protocol

from django.conf import settings

from polecam.messages import mail
from polecam.messages.models import Message
from polecam.messages.trouble import Temporary


class Gateway(Protocol):
    """Whoever carries text messages."""

    name: str

    def send(self, message: Message, begin: Callable[[], None]) -> str:
        """Hand one over: `begin` just before, the gateway's id of it (or "") afterwards.

        Raises a Trouble of `messages.trouble`.
        """


class Files:
    """Text messages of demo and tests: files that the mailbox shows."""

    name = "files"

    def send(self, message: Message, begin: Callable[[], None]) -> str:
        """Write the file."""
        begin()
        try:
            mail.send_sms(message.to, message.body, message.public_id)
        except OSError as error:
            raise Temporary("unreachable", unreachable=True) from error
        return ""


class Nobody:
    """No gateway is set up: a message waits until there is one."""

    name = ""

    def send(self, message: Message, begin: Callable[[], None]) -> str:
        """Never."""
        raise Temporary("no_gateway", unreachable=True)


def chosen() -> Gateway:
    """The gateway of this installation."""
    if settings.SMS_TOKEN:
        from polecam.messages.smsapi import SmsApi

        return SmsApi()
    return Files() if settings.SMS_TO_FILES else Nobody()


def sms_possible() -> bool:
    """Whether a text message would reach anyone, so that a number can be confirmed by it."""
    return bool(chosen().name)
