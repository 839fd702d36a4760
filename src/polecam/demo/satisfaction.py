"""Clients who agreed to be asked say how it was; a few say whether they felt free to refuse."""

import random
from datetime import datetime, timedelta

from polecam.actions import client_consents, pulse, repairs, setup, survey_answers, survey_rounds
from polecam.actions import surveys as asking
from polecam.asking.models import Repair, RepairReason
from polecam.clients.models import Client
from polecam.demo.found import World
from polecam.demo.people import ADMIN, BOSS
from polecam.surveys.models import Pulse, Survey
from polecam.surveys.rules import HELPED

AGREED_BEFORE = 170
ROUNDS = frozenset({165, 135, 105, 75, 45, 12})
"""Days before today on which the boss asks a few dozen clients."""
EACH = 45
EVERY = 12
"""Every twelfth client agreed; and all of one seller's, who presses a little."""
PRESSES = "Bartek"
SAMPLED_BP = 3_000
"""A demo has few clients, so more of them are asked than the firm's five per cent."""
SCORES = (10, 10, 10, 9, 9, 9, 9, 8, 8, 8, 7, 7, 6, 4)
ANSWER, FEEL_FREE, PRESSED_FREE = 0.2, 0.95, 0.3
"""Chances a day, and of a "yes, I felt free" after an ask of most, and of one."""
DAY = timedelta(days=1)


def day(world: World, *, ahead: int, at: datetime) -> None:
    """The morning of a day that is `ahead` days before today."""
    rng = random.Random(f"satisfaction-{ahead}")  # noqa: S311 - a story, not a secret
    boss = world.people[BOSS.first]
    if ahead == AGREED_BEFORE:
        _agree(world, at)
    if ahead in ROUNDS:
        survey_rounds.begin(by=boss, at=at, branch=world.branch, wanted=EACH)
    _answer(rng, at)
    _tell(rng, at)
    _put_right(at)


def today(world: World, *, at: datetime) -> None:
    """A link that waits for one of Marta's clients."""
    marta = world.people["Marta"]
    client = Client.objects.filter(owner=marta, never_ask_at=None, resting_until=None).latest("id")
    asking.ask(by=marta, at=at, client=client, way="link")


def _agree(world: World, at: datetime) -> None:
    """The firm's system told who agreed to such e-mails."""
    admin = world.people[ADMIN.first]
    setup.set_setting(
        by=admin,
        at=at,
        key="pulse_bp",
        value=SAMPLED_BP,
        branch=world.branch,
        why="Mały oddział: więcej pytań, żeby było z czego wnioskować",
    )
    presses = world.people[PRESSES].pk
    rows = Client.objects.exclude(party__email_sealed="").exclude(pk__in=world.quiet)
    for client in rows.select_related("party").order_by("id"):
        if client.pk % EVERY == 0 or client.owner_id == presses:
            client_consents.give(
                client=client,
                channel="email",
                purpose="survey",
                wording_code="",
                source=client_consents.IMPORT,
                at=at,
                by=admin,
            )


def _answer(rng: random.Random, at: datetime) -> None:
    """Some of those who were asked in the last days answer, most with both taps."""
    waiting = Survey.objects.filter(
        made_at__gt=at - 4 * DAY, made_at__lte=at, score=None, withdrawn_at=None
    )
    for survey in waiting.order_by("id"):
        if rng.random() < ANSWER:
            survey_answers.answer(survey=survey, at=at, score=rng.choice(SCORES))
            if rng.random() < 0.8:
                helped = rng.choice(HELPED)
                survey_answers.tell_what_helped(survey=survey, at=at, helped=helped)


def _tell(rng: random.Random, at: datetime) -> None:
    """Whether they felt free: after most asks yes."""
    waiting = Pulse.objects.filter(made_at__gt=at - 4 * DAY, answered_at=None, expires_at__gt=at)
    for asked in waiting.select_related("seller").order_by("id"):
        if rng.random() < ANSWER * 2:
            free = PRESSED_FREE if asked.seller.first_name == PRESSES else FEEL_FREE
            pulse.answer(pulse=asked, at=at, free=rng.random() < free)


def _put_right(at: datetime) -> None:
    """A day or two later the owner has talked with whoever was not happy."""
    rows = Repair.objects.filter(
        reason=RepairReason.LOW_RATING, done_at=None, opened_at__lt=at - DAY
    )
    for repair in rows.select_related("owner"):
        repairs.finish(by=repair.owner, at=at, repair=repair)
