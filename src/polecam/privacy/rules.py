"""What an answer on the friend's page needs, and how long what was said may be kept. Pure."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from polecam.kit.errors import Refused

PHONE, SMS, EMAIL, VISIT = "phone", "sms", "email", "visit"
CHANNELS = (PHONE, SMS, EMAIL, VISIT)
BY_NUMBER = frozenset({PHONE, SMS})
MEDIA = {PHONE: "sms", SMS: "sms", EMAIL: "email", VISIT: ""}
"""Through which medium a consent to a channel is confirmed; a visit needs none."""
NOTICE_DAYS = 30
"""GDPR 14(3): the notice is due within one month, and at the latest with the first contact."""

EXTENDED_MONTHS = 3
"""GDPR 12(3): one month, and two more where the person is told why within the first."""


def check_channels(channels: Collection[str], preferred: str) -> None:
    """An answer names at least one channel, and prefers one it consented to.

    Raises Refused: "channel_missing", "channel_unknown", "channel_needs_consent" (code carries
    the preferred channel).
    """
    if set(channels) - set(CHANNELS):
        raise Refused("channel_unknown", field="channel")
    if not channels and not preferred:
        raise Refused("channel_missing", field="channel")
    if preferred not in channels:
        raise Refused("channel_needs_consent", field="channel", channel=preferred)


def needs_number(channels: Collection[str]) -> bool:
    """Whether a phone number is stored for these channels; otherwise none is."""
    return bool(BY_NUMBER & set(channels))


def needs_address(channels: Collection[str]) -> bool:
    """Whether an e-mail address is stored for these channels; otherwise none is."""
    return EMAIL in channels


def notice_due(captured_at: datetime, first_contact_at: datetime | None) -> datetime:
    """When the Art. 14 notice must have been given: min(30 days, first contact)."""
    latest = captured_at + timedelta(days=NOTICE_DAYS)
    return latest if first_contact_at is None else min(latest, first_contact_at)


def unanswered_until(captured_at: datetime, unanswered_days: int) -> datetime:
    """When an unanswered referral is erased: never after the notice falls due."""
    return min(captured_at + timedelta(days=unanswered_days), notice_due(captured_at, None))


def inactive_until(last_activity_at: datetime, inactive_days: int) -> datetime:
    """When a consented referral in which nothing happens is erased."""
    return last_activity_at + timedelta(days=inactive_days)


def months_later(day: date, months: int) -> date:
    """The same day some months later; the last of the month where it is shorter."""
    number = day.year * 12 + day.month - 1 + months
    first = date(number // 12, number % 12 + 1, 1)
    last = date((number + 1) // 12, (number + 1) % 12 + 1, 1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)


def request_due(received_on: date, request_days: int) -> date:
    """Until when a request is answered: the firm's own days, never later than one month."""
    return min(received_on + timedelta(days=request_days), months_later(received_on, 1))


def extended_due(received_on: date) -> date:
    """The latest day of an extended request (GDPR 12(3))."""
    return months_later(received_on, EXTENDED_MONTHS)


def check_extension(due_on: date, already: bool, why: str, today: date) -> None:
    """A request is extended once, before its first deadline passes, with a reason.

    Raises Refused("request_extended", "request_late", "request_needs_reason").
    """
    if already:
        raise Refused("request_extended")
    if today > due_on:
        raise Refused("request_late")
    if not why.strip():
        raise Refused("request_needs_reason", field="why")


def masked(contact: str) -> str:
    """`+48601673417` -> `••• 417`, `jan@firma.pl` -> `j•••@firma.pl`: enough to know one's own."""
    if "@" in contact:
        name, _, host = contact.partition("@")
        return f"{name[:1]}•••@{host}"
    return f"••• {contact[-3:]}" if contact else ""
