"""How another system's telling is signed, aged and read. Pure.

Header `Polecam-Signature: t=<unix seconds>,v1=<hex>`: v1 is HMAC-SHA-256, with the inlet's secret,
over the seconds, a dot and the body as sent.
"""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import date, datetime

from polecam.kit.errors import Refused

TOLERANCE_SECONDS = 300
LARGEST_BODY = 16_384
HEADER = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")
EVENT = re.compile(r"[\x21-\x7e]{1,100}")
NUMBER = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,40}")
KIND = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,80}")
"""No control characters, and no half of a character, which JSON can spell and UTF-8 cannot."""
FIELDS = frozenset({"event", "client", "kind", "on", "until", "rating"})


@dataclass(frozen=True, slots=True)
class Told:
    """What one telling says: its own id, the client's number, what happened and when."""

    event: str
    client: str
    kind: str
    on: date | None = None
    until: date | None = None
    rating: int | None = None


def signature(secret: str, seconds: int, body: bytes) -> str:
    """The hex HMAC of a body told at `seconds`."""
    message = f"{seconds}.".encode() + body
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def signed(secret: str, header: str, body: bytes, *, at: datetime) -> bool:
    """Whether the body was signed with this secret within five minutes of `at`; constant time."""
    found = HEADER.fullmatch(header)
    seconds, given = (int(found[1]), found[2]) if found else (0, "0" * 64)
    good = hmac.compare_digest(signature(secret, seconds, body), given)
    return good and abs(at.timestamp() - seconds) <= TOLERANCE_SECONDS


def read(body: bytes) -> Told:
    """What a body says. Raises Refused("telling_json", or "telling_field" with its field)."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused("telling_json") from None
    if not isinstance(said, dict) or set(said) - FIELDS:
        raise Refused("telling_json")
    return Told(
        event=_text(said, "event", EVENT),
        client=_text(said, "client", NUMBER),
        kind=_text(said, "kind", KIND),
        on=_day(said, "on"),
        until=_day(said, "until"),
        rating=_rating(said),
    )


def _text(said: dict, field: str, allowed: re.Pattern[str]) -> str:
    value = said.get(field)
    if isinstance(value, str) and allowed.fullmatch(value.strip()):
        return value.strip()
    raise Refused("telling_field", field=field)


def _day(said: dict, field: str) -> date | None:
    value = said.get(field)
    if value is None:
        return None
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise Refused("telling_field", field=field) from None


def _rating(said: dict) -> int | None:
    value = said.get("rating")
    if value is None or (type(value) is int and 0 <= value <= 10):
        return value
    raise Refused("telling_field", field="rating")
