"""SMSAPI (api.smsapi.pl): the gateway for text messages, by its REST interface.

POST /sms.do with an OAuth token, one recipient, `idx` = our message's id. With `check_idx=1` it
takes no second message of the same `idx` within a day and answers 53: that one has gone already.
What becomes of it comes back to `notify_url` (`web.pages.mailing.reports`).
"""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from polecam.kit import outside, phones
from polecam.messages.models import Message
from polecam.messages.trouble import Permanent, Temporary, Trouble, Unsure
from polecam.store import crypto

NOT_TWICE = 53
NUMBER_WRONG = frozenset({13})
NO_ACCESS = frozenset({101, 102, 105, 110, 1000, 1001})
NO_CREDIT = frozenset({103})
LATER = frozenset({200, 201, 203, 998, 999})
DELIVERED, NOT_FOUND = frozenset({"404", "DELIVERED"}), frozenset({"401", "NOT_FOUND"})
UNDELIVERED = frozenset(
    {"402", "EXPIRED", "405", "UNDELIVERED", "406", "FAILED", "407", "REJECTED", "412", "STOP"}
)


def report_path() -> str:
    """Where SMSAPI tells what became of messages; the token in it is the door's key."""
    return f"/mailing/report/{crypto.token('gateway', SmsApi.name)}/"


class SmsApi:
    """One message, one request."""

    name = "smsapi"

    def send(self, message: Message, begin: Callable[[], None]) -> str:
        """As `messages.gateway.Gateway`."""
        number = phones.e164(message.to)
        if not number:
            raise Permanent("number", bounced=True)
        said = {
            "to": number.lstrip("+"),
            "message": message.body,
            "encoding": "utf-8",
            "format": "json",
            "idx": _idx(message),
            "check_idx": "1",
            "notify_url": settings.BASE_URL + report_path(),
        }
        if settings.SMS_FROM:
            said["from"] = settings.SMS_FROM
        return _meaning(_asked(said, begin))


def _idx(message: Message) -> str:
    """Our id of it. One that the gateway took and could not deliver is a new one to it."""
    return message.public_id + message.gateway_id[-6:]


def _asked(said: dict[str, str], begin: Callable[[], None]) -> outside.Answer:
    try:
        return outside.ask(
            "POST",
            settings.SMS_URL,
            headers={
                "Authorization": f"Bearer {settings.SMS_TOKEN}",
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": "application/json",
            },
            body=urlencode(said).encode(),
            begin=begin,
            loopback=settings.OUTSIDE_LOOPBACK,
        )
    except outside.Unreached as error:
        raise Temporary("unreachable", unreachable=True) from error
    except outside.Broken as error:
        raise Unsure("broken") from error


def _meaning(answer: outside.Answer) -> str:
    """The gateway's id of the message. Raises what an answer means."""
    if answer.status in (401, 403):
        raise Temporary("login", unreachable=True)
    if answer.status == 429:
        raise Temporary("later", unreachable=True)
    if 300 <= answer.status < 400:
        raise Temporary("unreachable", unreachable=True)
    said = _read(answer.body)
    if said is None:
        raise Unsure("broken")  # an answer that nobody can read says nothing of the message
    if "error" in said:
        return _refused(_number(said["error"]))
    listed = said.get("list")
    first = listed[0] if isinstance(listed, list) and listed else None
    if answer.status >= 400 or not isinstance(first, dict) or not first.get("id"):
        raise Unsure("broken")
    return str(first["id"])[:80]


def _refused(code: int) -> str:
    """What an error of SMSAPI means; only one of them means that the message went."""
    if code == NOT_TWICE:
        return ""
    troubles: tuple[tuple[frozenset[int], Trouble], ...] = (
        (NUMBER_WRONG, Permanent("number", bounced=True)),
        (NO_ACCESS, Temporary("login", unreachable=True)),
        (NO_CREDIT, Temporary("credit", unreachable=True)),
        (LATER, Temporary("later")),
    )
    raise next((trouble for codes, trouble in troubles if code in codes), Permanent("content"))


def _read(body: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(body)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _number(said: object) -> int:
    try:
        return int(str(said))
    except ValueError:
        return 0
