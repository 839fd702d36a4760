"""The pulse: a few of those who were asked are asked whether they felt free to refuse.

Who is sampled depends on a keyed hash of the ask alone, never on what the client answered. A day or
two later, inside the one contact limit, and only where an e-mail is agreed to or a card stands on
which the question can appear.
"""

import secrets
from datetime import datetime, timedelta

from polecam.actions import surveys
from polecam.actions.touches import touch
from polecam.asking.models import Ask, Outcome
from polecam.clients.models import Client, TouchKind
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import day_bounds, day_of
from polecam.organisation import settings
from polecam.referrals.models import Card
from polecam.store.tx import action, each, lock
from polecam.surveys import queries
from polecam.surveys.models import Pulse
from polecam.surveys.rules import in_sample

FROM, UNTIL = timedelta(days=1), timedelta(days=3)
"""So long after the ask the question comes: no sooner, and no later. The day after the first as a
rule; a night in which no worker ran is made up for, or its share of the sample would be lost."""
SHARE = "pulse_bp"


def ask_due(*, at: datetime) -> int:
    """Ask the sampled ones whose time has come; how many. Twice is once."""
    rows = Ask.objects.filter(asked_at__lte=at - FROM, asked_at__gt=at - UNTIL, undone_at=None)
    rows = rows.exclude(outcome=Outcome.NOT_ASKED).select_related("client__party", "seller")
    past = settings.Past(SHARE)
    sampled = [
        ask
        for ask in rows.order_by("id")
        if in_sample(queries.drawn(ask.public_id), past.value(SHARE, at=at, branch=ask.branch_id))
    ]
    return each(sampled, lambda ask: _ask(ask, at))


def _ask(ask: Ask, at: datetime) -> int:
    known = queries.ask_hash(ask.public_id)
    with action():
        client = lock(ask.client)
        if Pulse.objects.filter(ask=known).exists() or client.party.erased_at is not None:
            return 0
        if not _reachable(client, at) or not surveys.at_ease(client, at=at):
            return 0
        try:
            touch(client, TouchKind.PULSE, at=at)
        except Refused:
            return 0
        days = settings.value("survey_days", at=at, branch=ask.branch_id)
        pulse = Pulse.objects.create(
            ask=known,
            client=client,
            seller=ask.seller,
            branch_id=ask.branch_id,
            made_at=at,
            expires_at=at + timedelta(days=days),
        )
        record("pulse.asked", pulse, by=None, at=at, branch=ask.branch_id)
    return 1


def _reachable(client: Client, at: datetime) -> bool:
    if surveys.by_mail(client):
        return True
    cards = Card.objects.filter(client=client, revoked_at=None, expires_at__gt=at)
    return cards.exists()


def answer(*, pulse: Pulse, at: datetime, free: bool) -> Pulse:
    """Yes or no, once: the answer becomes a row of its own that knows neither client, ask nor link.

    So it can be counted and never be found, changed or taken back; what was asked only remembers
    that there is an answer, and the day. The journal keeps no event of it: events in a row would
    tell whose answer is whose. Twice is once. Raises Refused("survey_over").
    """
    with action():
        pulse = lock(pulse)
        if pulse.answered_at is not None:
            return pulse
        if pulse.expires_at <= at:
            raise Refused("survey_over")
        day = day_of(at, settings.zone())
        pulse.answered_at = day_bounds(day, settings.zone())[0]
        pulse.save(update_fields=["answered_at"])
        Pulse.objects.create(
            ask=queries.ask_hash(secrets.token_hex(16)),
            seller_id=pulse.seller_id,
            branch_id=pulse.branch_id,
            made_at=pulse.answered_at,
            expires_at=pulse.answered_at,
            free=free,
            answered_at=pulse.answered_at,
        )
    return pulse
