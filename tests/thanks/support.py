"""What the tests of thanks stand on: referrals that were told of, talks, consents, a catalogue."""

from datetime import datetime, timedelta
from zlib import crc32

import pytest

from polecam.actions import reward_grants, rewards
from polecam.actions import thanks as acts
from polecam.clients.models import Client, ClientConsent
from polecam.journal.models import Event
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation.models import Setting
from polecam.privacy.models import Telling
from polecam.referrals.models import Meeting, Referral
from polecam.thanks.models import (
    GrantState,
    Reward,
    RewardBudget,
    RewardGrant,
    Thanks,
    ThanksChoice,
)
from polecam.worker.readers import rewards as reward_reader
from polecam.worker.readers import thanks as reader
from tests.referrals import growing

DAY = timedelta(days=1)


def told(referral: Referral, kind: str, at: datetime) -> Event:
    """An event of a referral, read by the readers at once (and once more: twice is once)."""
    event = record(kind, referral, by=None, at=at, branch=referral.branch_id)
    for _twice in range(2):
        for one in (reader, reward_reader):
            if event.kind in one.KINDS:
                one.handle(event, at)
    return event


def named(client: Client, at: datetime, first: str = "Piotr") -> Thanks:
    """The client named a friend; the thanks owed for it."""
    referral = growing.captured(client, at=at, first=first)
    told(referral, "referral.captured", at)
    return Thanks.objects.get(referral=referral)


def talked(referral: Referral, at: datetime) -> None:
    """The talk took place."""
    Meeting.objects.create(referral=referral, at=at, set_by=referral.originator, held_at=at)
    told(referral, "referral.meeting_held", at)


def allowed(referral: Referral, at: datetime) -> Telling:
    """The friend allows that the client learns of the talk."""
    return Telling.objects.create(
        party=referral.party,
        referral=referral.public_id,
        wording=growing.wording(at),
        given_at=at,
    )


def email_agreed(client: Client, at: datetime) -> ClientConsent:
    """The client agreed to thanks by e-mail, and has an address."""
    client.party.set_email("anna@poczta.example")
    client.party.save()
    return ClientConsent.objects.create(
        client=client, channel="email", purpose="thanks", source="card", given_at=at
    )


def switch_on(at: datetime, **values: object) -> None:
    """Rewards are on, with other settings as given."""
    for key, value in {"rewards": True, **values}.items():
        Setting.objects.create(
            key=key, value=value, valid_from=at - 400 * DAY, set_at=at - 400 * DAY, why="próba"
        )


def a_reward(ada, at: datetime, **more: object) -> Reward:
    """A book for the client at the friend's consent, 40 zł."""
    terms = {
        "side": "client",
        "outcome": "consent",
        "title_pl": "Książka",
        "title_en": "A book",
        "value_grosze": 4_000,
        "tax_class": "gift",
    } | more
    return rewards.add(by=ada, at=at, **terms)


def chosen(client: Client, reward: Reward | None, at: datetime, choice: str = "") -> None:
    """What the client wants from now on."""
    ThanksChoice.objects.update_or_create(
        client=client,
        defaults={
            "choice": choice or (reward.side if reward else "none"),
            "reward": reward,
            "chosen_at": at,
        },
    )


def asked(client: Client, at: datetime, first: str = "Ewa", **more: object) -> RewardGrant | None:
    """A friend of the client consented and allowed telling; the reward that waits for it."""
    phone = f"+486{crc32(f'{first} {client.pk}'.encode()) % 10**8:08}"
    referral = growing.consented(client, at=at, first=first, phone=phone, **more)
    allowed(referral, at)
    told(referral, "referral.consented", at)
    return RewardGrant.objects.filter(referral=referral).order_by("id").first()


__all__ = [
    "DAY",
    "GrantState",
    "a_reward",
    "acts",
    "allowed",
    "asked",
    "chosen",
    "email_agreed",
    "named",
    "reward_grants",
    "switch_on",
    "talked",
    "told",
]


def code(call, **said) -> str:
    """The code with which a call is refused."""
    with pytest.raises(Refused) as refused:
        call(**said)
    return refused.value.code


def used() -> int:
    """What the one budget has given, in grosze."""
    return RewardBudget.objects.get().used_grosze
