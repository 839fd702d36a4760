"""Letters and their headers; and messages as files: what a demo or a test "sends".

One JSON file a message under MAIL_ROOT, named by time and message, so that erasing a person finds
the files that are theirs.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from polecam.messages.models import Message
from polecam.store.faults import point
from polecam.store.fields import new_public_id

NEWEST = 200


@dataclass(frozen=True, slots=True)
class Filed:
    """One message in a file: its name (without suffix), how it went, what it said."""

    name: str
    medium: str
    to: str
    subject: str
    body: str
    at: str

    @property
    def when(self) -> datetime:
        """When it was written."""
        return datetime.fromisoformat(self.at)


class FileBackend(BaseEmailBackend):
    """Django's e-mail door, opening on the folder. A file that was not written was not sent."""

    data_began = False

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        """Write each message; how many."""
        count = 0
        for message in email_messages:
            ident = ident_of(message.extra_headers.get("Message-ID", ""))
            write("email", ", ".join(message.to), str(message.subject), str(message.body), ident)
            count += 1
        return count


def message_id(ident: str) -> str:
    """The same for each try of a Message, so that whoever gets it twice can tell."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{ident}@{domain}>"


def ident_of(said: str) -> str:
    """The Message's public id in a Message-ID of ours; empty for any other."""
    ident, _, domain = said.strip().strip("<>").partition("@")
    return ident if f"<{ident}@{domain}>" == message_id(ident) else ""


def headers(message: Message) -> dict[str, str]:
    """What every letter says of itself: a machine wrote it (RFC 3834), in which language, and,
    to a client, which link ends such letters (RFC 2369)."""
    said = {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": message.language,
    }
    return said | ({"List-Unsubscribe": f"<{message.out}>"} if message.out else {})


def send_email(
    to: str,
    subject: str,
    body: str,
    ident: str,
    extra: Mapping[str, str] | None = None,
    door: BaseEmailBackend | None = None,
) -> None:
    """Send the Message `ident` as a plain letter, through `door` or that of the settings."""
    said = {**(extra or {}), "Message-ID": message_id(ident)}
    letter = EmailMessage(subject, body, to=[to], headers=said, connection=door or get_connection())
    letter.send()


def send_sms(to: str, body: str, ident: str) -> None:
    """ "Send" a text message; only where the settings let them go to files."""
    write("sms", to, "", body, ident)


def write(medium: str, to: str, subject: str, body: str, ident: str = "") -> str:
    """Put one message into a file only the owner may read; its name."""
    folder = _folder()
    now = datetime.now(UTC)
    name = f"{now:%Y%m%dT%H%M%S%f}-{ident or new_public_id()}"
    filed = Filed(name, medium, to, subject, body, now.isoformat())
    path = folder / f"{name}.json"
    point("mail.file", medium)
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(filed), ensure_ascii=False), encoding="utf-8")
    return name


def newest(limit: int = NEWEST) -> Iterator[Filed]:
    """The messages in the folder, newest first."""
    for path in sorted(_folder().glob("*.json"), reverse=True)[:limit]:
        if (filed := _read(path)) is not None:
            yield filed


def read(name: str) -> Filed | None:
    """One message by the name of its file, as listed; None for any other name."""
    return next((_read(path) for path in _folder().glob("*.json") if path.stem == name), None)


def forget(ident: str) -> int:
    """Delete the files of one Message; how many."""
    found = list(_folder().glob(f"*-{ident}.json"))
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _folder() -> Path:
    folder = Path(settings.MAIL_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _read(path: Path) -> Filed | None:
    try:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Filed(**said)
    except (OSError, ValueError, TypeError):
        return None
