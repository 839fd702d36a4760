"""The friend's answer: yes through a channel, confirmed by that channel, or taken back."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from polecam.actions import friends, telling
from polecam.actions.confirmations import STAFF, activate
from polecam.actions.once import once
from polecam.journal.record import record
from polecam.keeping import erased
from polecam.kit import emails, phones
from polecam.kit.errors import Refused
from polecam.kit.names import plain
from polecam.messages.gateway import sms_possible
from polecam.organisation import settings
from polecam.privacy import queries, wordings
from polecam.privacy.models import Channel, Consent, Held, Purpose
from polecam.privacy.rules import (
    MEDIA,
    check_channels,
    needs_address,
    needs_number,
    unanswered_until,
)
from polecam.referrals.models import Invitation, Referral
from polecam.referrals.shown import is_expired, shown
from polecam.store import crypto, tx


@dataclass(frozen=True)
class Answer:
    """What the friend said, checked: names, contact in canonical form, channels."""

    first_name: str
    last_name: str
    phone: str
    email: str
    channels: tuple[str, ...]
    preferred: str
    other_offers: bool = False
    day: date | None = None
    time: str = ""
    language: str = "pl"
    names_branch: bool = False
    may_tell: bool = False
    held_for: str = ""
    source: str = field(default="link")


def consent(
    *,
    invitation: Invitation,
    at: datetime,
    first_name: str,
    channels: Collection[str],
    last_name: str = "",
    phone: str = "",
    email: str = "",
    preferred: str = "",
    other_offers: bool = False,
    may_tell: bool = False,
    day: date | None = None,
    time: str = "",
    language: str = "pl",
    device: str = "",
    key: str = "",
) -> Referral | None:
    """Store the friend's answer; nothing unlocks before `confirm`. Returns the referral.

    `channels`: those consented to (phone, sms, email, visit); `preferred`: the chosen one;
    `may_tell`: their client may learn that they talked; `device` STAFF holds the answer for a
    human; `key`: the form's random key. A number or address is stored only for a channel that
    needs it. None when the person objected before: nothing is stored and nobody can tell the
    difference. Raises Refused: "first_name_missing",
    "channel_missing", "channel_needs_consent", "phone_unreadable", "email_unreadable",
    "invitation_answered", "invitation_revoked", "key_reused" (the form was sent before with another
    answer).
    """
    answer = _checked(
        first_name=first_name,
        last_name=last_name,
        phone=phone,
        email=email,
        channels=tuple(c for c in Channel.values if c in channels) or tuple(channels),
        preferred=preferred or next(iter(channels), ""),
        other_offers=other_offers,
        day=day,
        time=time[:12],
        language=language,
        names_branch=is_expired(invitation, at),
        may_tell=may_tell and device != STAFF,
        held_for=Held.OWN_SESSION if device == STAFF else Held.NO,
        source="walk_in" if invitation.walk_in else "link",
    )
    with tx.action():
        tx.lock_keys(filter(None, _keys(answer)))
        shown_version = invitation.version
        invitation = tx.lock(invitation)
        if invitation.revoked_at is not None or invitation.version != shown_version:
            raise Refused("invitation_revoked")
        if _unwelcome(answer, invitation):
            _turned_away(invitation, answer, key, at)
            return None
        if not key:
            return _store(invitation, answer, at)
        made, _new = once(
            invitation.public_id,
            key,
            _said(answer),
            at=at,
            make=lambda: _store(invitation, answer, at),
            model=Referral,
        )
        return made


def _said(answer: Answer) -> dict[str, Any]:
    """What must be equal for the same form sent twice; `once` keeps a keyed hash of it."""
    return {"said": [str(value) for value in vars(answer).values()]}


def _turned_away(invitation: Invitation, answer: Answer, key: str, at: datetime) -> None:
    """Use the form's key up, as a stored answer does: its next use must not tell the two apart."""
    if not key:
        return
    with suppress(Invitation.DoesNotExist):  # stored, and objected to since
        once(
            invitation.public_id,
            key,
            _said(answer),
            at=at,
            make=lambda: invitation,
            model=Invitation,
        )


def withdraw(*, consent: Consent, at: datetime, channel: str = "", purpose: str = "") -> int:
    """Take back one channel of this referral, one purpose, or ("") everything. How many.

    At once, without a reason. A channel alone leaves no other offers through it either.
    `consent` is any of the friend's consents to this referral: the link names it.
    """
    with tx.action():
        referral = tx.lock(Referral.objects.get(public_id=consent.referral))
        rows = Consent.objects.filter(referral=referral.public_id, withdrawn_at=None)
        wanted = {"channel": channel, "purpose": purpose}
        taken = list(rows.filter(**{key: value for key, value in wanted.items() if value}))
        for item in taken:
            erased.note(erased.CONSENT, item.public_id)
            item.withdrawn_at = at
            item.save(update_fields=["withdrawn_at"])
            data = {"consent": item.public_id, "channel": item.channel, "purpose": item.purpose}
            record(
                "consent.withdrawn", referral, by=None, at=at, branch=referral.branch_id, data=data
            )
        if not channel and not purpose:
            telling.withdraw(referral, at=at)
        if taken and not queries.active(referral.public_id).exists():
            friends.let_go_soon(referral, at)
    return len(taken)


def _checked(**said: object) -> Answer:
    answer = Answer(**said)  # type: ignore[arg-type]
    first = " ".join(plain(answer.first_name).split())[:60]
    if not first:
        raise Refused("first_name_missing", field="first_name")
    check_channels(answer.channels, answer.preferred)
    phone = phones.e164(answer.phone) if needs_number(answer.channels) else ""
    if needs_number(answer.channels) and not phone:
        raise Refused("phone_unreadable", field="phone")
    email = emails.normal(answer.email) if needs_address(answer.channels) else ""
    if needs_address(answer.channels) and not email:
        raise Refused("email_unreadable", field="email")
    last = " ".join(plain(answer.last_name).split())[:80]
    return Answer(
        **{**vars(answer), "first_name": first, "last_name": last, "phone": phone, "email": email}
    )


def _unwelcome(answer: Answer, invitation: Invitation) -> bool:
    """Whether this person objected before, under a number, an address, or a bare name."""
    keys = _keys(answer)
    if any(keys):
        return queries.suppressed_contact(*keys)
    return queries.suppressed_name(invitation.client_id, answer.first_name, answer.last_name)


def _keys(answer: Answer) -> tuple[str, str]:
    """Blind indexes of the number and the address given."""
    return crypto.phone_index(answer.phone), crypto.email_index(answer.email)


def _store(invitation: Invitation, answer: Answer, at: datetime) -> Referral:
    referral = friends.referral_for(invitation, at, *_keys(answer))
    party = friends.party_of(referral, at)
    party.set_name(answer.first_name, answer.last_name)
    party.set_phone(answer.phone)
    party.set_email(answer.email)
    party.save()
    Consent.objects.filter(
        referral=referral.public_id, confirmed_at=None, withdrawn_at=None
    ).update(withdrawn_at=at)
    given = _give(referral, invitation, answer, at)
    referral.preferred_channel = answer.preferred
    referral.preferred_day, referral.preferred_time = answer.day, answer.time
    days = settings.value("unanswered_days", at=at, branch=referral.branch_id)
    referral.erase_at = unanswered_until(at, days)
    referral.save()
    named = shown(invitation, at).client_first
    telling.answered(
        referral, allowed=answer.may_tell, named=named, language=answer.language, at=at
    )
    if any(item.unlocked_at for item in given):
        activate(referral, invitation.seller, at=at, proven=False)
    return referral


def _give(
    referral: Referral, invitation: Invitation, answer: Answer, at: datetime
) -> list[Consent]:
    given, asked = [], set()
    for channel in answer.channels:
        item = Consent(
            **_common(referral, invitation, answer, at),
            channel=channel,
            wording=wordings.current(
                wordings.code_for(channel, names_branch=answer.names_branch),
                answer.language,
                at=at,
            ),
            unlocked_at=at if _unlocks_at_once(channel, answer, at) else None,
        )
        item.save()
        medium = MEDIA[channel]
        send = bool(medium) and medium not in asked and (medium != "sms" or sms_possible())
        asked.add(medium)
        data = {
            "consent": item.public_id,
            "channel": channel,
            "send": send,
            "held": bool(answer.held_for),
        }
        record("consent.given", referral, by=None, at=at, branch=referral.branch_id, data=data)
        given.append(item)
    if answer.other_offers:
        words = wordings.current("consent_other_offers", answer.language, at=at)
        for channel in [c for c in answer.channels if MEDIA[c]]:
            Consent.objects.create(
                **_common(referral, invitation, answer, at),
                channel=channel,
                wording=words,
                purpose=Purpose.OTHER_OFFERS,
            )
    return given


def _common(
    referral: Referral, invitation: Invitation, answer: Answer, at: datetime
) -> dict[str, Any]:
    return {
        "party": referral.party,
        "receiver": invitation.seller,
        "names_branch": answer.names_branch,
        "source": answer.source,
        "referral": referral.public_id,
        "invitation": invitation.public_id,
        "given_at": at,
        "held_for": answer.held_for,
    }


def _unlocks_at_once(channel: str, answer: Answer, at: datetime) -> bool:
    """A visit opens no contact; a phone without any SMS gateway may, by a dated setting."""
    if answer.held_for:
        return False
    if channel == Channel.VISIT:
        return True
    exception = channel == Channel.PHONE and not sms_possible()
    return exception and bool(settings.value("sms_without_gateway_unlocks", at=at))
