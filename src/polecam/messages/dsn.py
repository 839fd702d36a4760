"""What a mail server says of a letter: a delivery status notification (RFC 3464), read.

Anybody can write to the address bounces come to, so nothing in it is believed but one of our own
Message-IDs, which only who has the letter knows.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from polecam.kit.letters import STUMBLES
from polecam.messages.mail import ident_of

MOST_BYTES = 1_048_576
ACTIONS = frozenset({"failed", "delayed", "delivered", "relayed", "expanded"})
STATUS = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Report:
    """One recipient's part of a notification, about the Message `ident`."""

    ident: str
    action: str
    status: tuple[int, int, int]
    recipients: tuple[str, ...]
    """The addresses it names: the original one, and where it ended up."""


def read(raw: bytes) -> list[Report]:
    """The reports of one notification about a message of ours; none for anything else."""
    try:
        return _read(raw)
    except STUMBLES:
        return []


def _read(raw: bytes) -> list[Report]:
    letter = message_from_bytes(raw[:MOST_BYTES], policy=policy.default)
    if letter.get_content_type() != "multipart/report":
        return []
    ident = _ident(letter)
    if not ident:
        return []
    return [
        report
        for part in letter.walk()
        if part.get_content_type() == "message/delivery-status"
        for block in part.get_payload()
        if isinstance(block, Message)
        if (report := _report(ident, block)) is not None
    ]


def _report(ident: str, block: Message) -> Report | None:
    """A block about a recipient; the first one, about the server itself, is none."""
    action = str(block.get("Action", "")).strip().lower()
    found = STATUS.match(str(block.get("Status", "")))
    if action not in ACTIONS or found is None:
        return None
    named = (str(block.get(name, "")) for name in ("Original-Recipient", "Final-Recipient"))
    recipients = tuple(said.partition(";")[2].strip() for said in named if ";" in said)
    return Report(ident, action, (int(found[1]), int(found[2]), int(found[3])), recipients)


def _ident(letter: EmailMessage | Message) -> str:
    """Whose letter came back: by the returned letter or its headers, else by the references."""
    for part in letter.walk():
        if part.get_content_type() == "message/rfc822":
            returned = part.get_payload()
            first = returned[0] if isinstance(returned, list) and returned else None
            if isinstance(first, Message) and (ident := ident_of(str(first["Message-ID"] or ""))):
                return ident
        elif part.get_content_type() == "text/rfc822-headers":
            found = re.search(r"(?im)^message-id:\s*(<[^>\s]+>)", _text(part))
            if found and (ident := ident_of(found[1])):
                return ident
    said = f"{letter.get('In-Reply-To', '')} {letter.get('References', '')}"
    return next((ident for word in said.split() if (ident := ident_of(word))), "")


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
