"""Now and then a colleague fits better: an offer, a yes, the friend's own word, work goes on."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from polecam.actions import handoff_answers, handoff_friend, handoffs
from polecam.claims.models import Handoff
from polecam.demo.agenda import Agenda
from polecam.demo.rates import later
from polecam.people.models import Person
from polecam.privacy import queries as privacy
from polecam.referrals.models import Referral

HANDED_ON = 0.07
"""Of the friends who agreed; about half of a branch's joint sales begin so."""
HOUR = timedelta(hours=1)


class Seller(Protocol):
    """A seller of the story."""

    person: Person


class Story(Protocol):
    """What this part of the story needs of the whole."""

    rng: random.Random
    agenda: Agenda
    boss: Person

    @property
    def sellers(self) -> Sequence[Seller]:
        """Everyone who asks."""

    def contact(
        self, seller: Any, referral: Referral, channel: str, attempt: int, at: datetime
    ) -> None:
        """Whoever leads gets in touch."""


def is_time(story: Story, seller: Seller) -> bool:
    """Whether this friend is better off with a colleague. The boss keeps what he asked for."""
    return seller.person.pk != story.boss.pk and story.rng.random() < HANDED_ON


def hand_on(story: Story, seller: Seller, referral: Referral, channel: str, at: datetime) -> None:
    """The seller offers the friend to a colleague, with the usual split."""
    others = (seller.person.pk, story.boss.pk)
    colleague = story.rng.choice([s for s in story.sellers if s.person.pk not in others])
    handoff = handoffs.offer(
        by=seller.person, at=at, referral=referral, kind="product", receiver=colleague.person
    )
    accepts_at = later(story.rng, at, HOUR, 20 * HOUR)
    story.agenda.plan(accepts_at, partial(_accept, story, colleague, handoff, channel))


def _accept(story: Story, colleague: Seller, handoff: Handoff, channel: str, at: datetime) -> None:
    handoff_answers.accept(by=colleague.person, at=at, handoff=handoff)
    answers_at = later(story.rng, at, HOUR, 30 * HOUR)
    story.agenda.plan(answers_at, partial(_friend_agrees, story, colleague, handoff, channel))


def _friend_agrees(
    story: Story, colleague: Seller, handoff: Handoff, channel: str, at: datetime
) -> None:
    consent = privacy.active(handoff.referral.public_id, at=at).first()
    if consent is None:
        return
    handoff_friend.answer_handoff(consent=consent, at=at, handoff=handoff, yes=True)
    call_at = later(story.rng, at, HOUR, 20 * HOUR)
    story.agenda.plan(call_at, partial(story.contact, colleague, handoff.referral, channel, 1))
