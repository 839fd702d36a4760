"""A moment told by e-mail: who wrote to which inlet, about whom, and what happened. Pure.

The address carries the inlet's token (`anything+<token>@...`). The subject, or else the first line,
says `client number: kind`. Nothing else of a message is read, and nothing of it is kept.
"""

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses

from polecam.asking.inlet_rules import Told
from polecam.kit.errors import Refused
from polecam.kit.letters import STUMBLES

LARGEST_MESSAGE = 1_048_576
TOKEN = re.compile(r"\+([0-9a-f]{32})@")
SAID = re.compile(
    r"(?:(?:re|fw|fwd|odp|pd)\s*:\s*)*([^\x00-\x1f\x7f\ud800-\udfff:]{1,40}):"
    r"\s*([^\x00-\x1f\x7f\ud800-\udfff]{2,80})",
    re.IGNORECASE,
)
RECIPIENTS = ("Delivered-To", "X-Original-To", "To", "Cc")


def parsed(raw: bytes) -> EmailMessage:
    """One RFC 822 message. Raises Refused("mail_too_large")."""
    if len(raw) > LARGEST_MESSAGE:
        raise Refused("mail_too_large")
    message = BytesParser(policy=policy.default).parsebytes(raw)
    assert isinstance(message, EmailMessage)  # noqa: S101 - the policy makes them
    return message


def tokens(message: EmailMessage, recipient: str = "") -> list[str]:
    """Tokens of the addresses it went to; `recipient`: as the mail server says it, if it does."""
    headers = [value for name in RECIPIENTS for value in _header(message, name)]
    addresses = [recipient] if recipient else [address for _, address in getaddresses(headers)]
    return [found[1] for address in addresses if (found := TOKEN.search(address.lower()))]


def told(message: EmailMessage) -> Told:
    """What the message says.

    Raises Refused("mail_automatic") for a machine's answer, "mail_without_id", "mail_unclear".
    """
    if _first(message, "Auto-Submitted", "no").lower() != "no":
        raise Refused("mail_automatic")
    ident = " ".join(_first(message, "Message-ID").split())
    if not ident:
        raise Refused("mail_without_id")
    for line in _lines(message):
        if found := SAID.fullmatch(line.strip()):
            return Told(event=ident[:500], client=found[1].strip(), kind=found[2].strip())
    raise Refused("mail_unclear")


def _header(message: EmailMessage, name: str) -> list[str]:
    """The values of a header; none where it cannot be read."""
    try:
        return [str(value) for value in message.get_all(name, [])]
    except STUMBLES:
        return []


def _first(message: EmailMessage, name: str, without: str = "") -> str:
    return next(iter(_header(message, name)), without)


def _lines(message: EmailMessage) -> Iterator[str]:
    """The subject, then the first line of the text that says something."""
    yield _first(message, "Subject")
    try:
        body = message.get_body(preferencelist=("plain",))
        text = body.get_content() if body is not None else ""
    except STUMBLES:  # an unknown charset or a damaged part
        return
    yield next((line for line in str(text).splitlines() if line.strip()), "")
