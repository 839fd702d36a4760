"""Reads about consents and objections. Nothing here opens contact data (see privacy.contact)."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from polecam.kit import names
from polecam.organisation import settings
from polecam.parties import groups
from polecam.parties.models import Party
from polecam.privacy.models import Consent, Purpose, Suppression, SuppressionKind, Telling
from polecam.privacy.rules import BY_NUMBER, EMAIL
from polecam.store import crypto

WHOLE, FIRST, ANY = "whole", "first", "any"
"""How much of a name an objection knew: both names, the first of a whole one, the first only."""


def of_referral(referral: str) -> QuerySet[Consent]:
    """Every consent of a referral (public id), oldest first, its purpose the referral itself."""
    return Consent.objects.filter(referral=referral, purpose=Purpose.REFERRAL).order_by("id")


def active(referral: str, *, at: datetime | None = None) -> QuerySet[Consent]:
    """Consents that count (at `at`): unlocked, not withdrawn.

    Those unlocked without proof (the no-SMS-gateway exception) count only while the setting of
    the day they were given still stands; `active_channels` checks it.
    """
    rows = of_referral(referral).filter(unlocked_at__isnull=False, withdrawn_at=None)
    return rows.filter(unlocked_at__lte=at) if at else rows


def stands(consent: Consent, *, at: datetime) -> bool:
    """Whether one consent counts at `at` (invariant 15, with its one dated exception)."""
    if consent.unlocked_at is None or consent.withdrawn_at is not None or consent.held_for:
        return False
    proven = consent.confirmed_at is not None or consent.channel not in (*BY_NUMBER, EMAIL)
    return proven or bool(settings.value("sms_without_gateway_unlocks", at=at))


def active_channels(referral: str, *, at: datetime | None = None) -> set[str]:
    """Channels of a referral (public id) for which an active consent exists."""
    rows = list(active(referral, at=at))
    unproven = [c for c in rows if c.confirmed_at is None and c.channel in BY_NUMBER]
    if not unproven:
        return {consent.channel for consent in rows}
    when = at or max(c.unlocked_at for c in unproven if c.unlocked_at)
    return {consent.channel for consent in rows if stands(consent, at=when)}


def waiting(referral: str) -> QuerySet[Consent]:
    """Consents given, not yet confirmed, one for each medium's message; a visit waits for none."""
    return (
        of_referral(referral)
        .filter(confirmed_at=None, withdrawn_at=None)
        .filter(channel__in=[*BY_NUMBER, EMAIL])
    )


def may_tell(referral: str) -> bool:
    """Whether the friend of a referral (public id) allows that its client learns that they talked.

    Until they take it back. It covers the talk and nothing else.
    """
    return bool(tellable([referral]))


def tellable(referrals: Collection[str]) -> set[str]:
    """Those of these referrals (public ids) whose friend allows it."""
    if not referrals:
        return set()
    rows = Telling.objects.filter(referral__in=list(referrals), withdrawn_at=None)
    return set(rows.values_list("referral", flat=True))


def same_person(party: Party) -> set[str]:
    """Referrals (public ids) whose friend is known to be the person of `party`, their own included.

    Known are the records found to be one person (`parties.groups`), and whoever proved the same
    phone or the same address as one of these, and so on: who shares a phone with somebody who
    shares an address is no third person. Only proven keys of both sides count: typing somebody's
    number never touches them. Names are not compared here: whoever answers a confirmed number is
    one door, and one seller knocks at it.
    """
    members: set[int] = set()
    found = {record.pk for record in groups.of(party)}
    referrals: set[str] = set()
    while found - members:
        members |= found
        own = list(
            Consent.objects.filter(party__in=members, unlocked_at__isnull=False).values_list(
                "referral", "channel", "party__phone_index", "party__email_index"
            )
        )
        referrals = {referral for referral, *_ in own}
        phones = {phone for _, channel, phone, _ in own if phone and channel in BY_NUMBER}
        addresses = {address for _, channel, _, address in own if address and channel == EMAIL}
        found = _proven(phones, addresses) if phones or addresses else set()
        if found - members:
            found = groups.ids(found)
    return referrals


def _proven(phones: set[str], addresses: set[str]) -> set[int]:
    """Records whose person proved one of these phones or addresses."""
    keys = Q(party__phone_index__in=phones, channel__in=BY_NUMBER)
    keys |= Q(party__email_index__in=addresses, channel=EMAIL)
    rows = Consent.objects.filter(keys, unlocked_at__isnull=False)
    return set(rows.values_list("party_id", flat=True))


def proven_keys(parties: Collection[Party]) -> dict[int, set[str]]:
    """Which of a record's keys ("phone", "email") came back confirmed, by record."""
    rows = Consent.objects.filter(
        party__in=[party.pk for party in parties], confirmed_at__isnull=False, held_for=""
    )
    found: dict[int, set[str]] = {party.pk: set() for party in parties}
    for pk, channel in rows.values_list("party_id", "channel"):
        if channel in BY_NUMBER:
            found[pk].add("phone")
        elif channel == EMAIL:
            found[pk].add("email")
    return found


def name_indexes(client_id: int, first: str, last: str) -> set[str]:
    """What an objection leaves for the same client and name: keyed hashes only."""
    first, last = names.fold(first), names.fold(last)
    if not first:
        return set()
    if not last:
        return {crypto.keyed("objected", client_id, ANY, first)}
    return {
        crypto.keyed("objected", client_id, WHOLE, first, last),
        crypto.keyed("objected", client_id, FIRST, first),
    }


def suppressed_name(client_id: int, first: str, last: str = "") -> bool:
    """Whether someone of this name, recommended by this client, objected (invariant 16)."""
    first, last = names.fold(first), names.fold(last)
    asked = {crypto.keyed("objected", client_id, ANY, first)}
    if last:
        asked.add(crypto.keyed("objected", client_id, WHOLE, first, last))
    else:
        asked.add(crypto.keyed("objected", client_id, FIRST, first))
    return Suppression.objects.filter(kind=SuppressionKind.NAME_OF_CLIENT, index__in=asked).exists()


def suppressed_contact(phone_index: str, email_index: str) -> bool:
    """Whether someone objected under this phone or address (blind indexes; empty = none)."""
    wanted = Q()
    if phone_index:
        wanted |= Q(kind=SuppressionKind.PHONE, index=phone_index)
    if email_index:
        wanted |= Q(kind=SuppressionKind.EMAIL, index=email_index)
    return bool(wanted) and Suppression.objects.filter(wanted).exists()
