"""No worker for a day, or for a month: the next ones do all of it, once, and write to nobody twice.

Two begin at the same moment, as where a second machine is switched on, too.
"""

from collections import Counter
from datetime import timedelta

import pytest

from polecam.actions import roots
from polecam.claims.models import Claim
from polecam.insights.proofs import prove
from polecam.journal.models import Cursor, DeadLetter, Seal
from polecam.journal.record import record
from polecam.messages.models import Message
from polecam.store.clock import injected
from polecam.worker import daily, loop, timely
from tests.referrals.growing import consented
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
FRIENDS = 4


@pytest.fixture
def begun(firm, branch, marta, tomek, ada, anna, plan, at, settings, tmp_path):
    """Marta leads four friends; Ada keeps the roots; then the worker dies."""
    settings.MAIL_ROOT = tmp_path / "mail"
    began = at - 100 * DAY
    type(firm).objects.update(created_at=began)
    with injected():
        for number in range(FRIENDS):
            consented(anna, at=began, first=f"Ewa{number}", phone=f"+48600100{number:03}")
        roots.keep(by=ada, at=began)
        record("branch.created", branch, by=ada, at=began, branch=branch.pk)
    return began


def lives(at, hands: int) -> None:
    """Workers work until nothing is left."""

    def work(name: str) -> None:
        with injected():
            for minute in range(4):
                timely._last.clear()
                now = at + minute * 6 * MINUTE
                while loop.once(now, worker=name):
                    pass

    raised = at_once(*(lambda n=n: work(f"worker-{n}") for n in range(hands)))
    assert not raised


@pytest.mark.parametrize("days", [1, 31])
def test_everything_is_caught_up_with_once(begun, ada, marta, days):
    lives(begun + MINUTE, 1)
    after = begun + days * DAY
    lives(after, 2)
    sealed = list(Seal.objects.order_by("day").values_list("day", flat=True))
    assert sealed == [sealed[0] + n * DAY for n in range(days)]
    letters = Counter(Message.objects.filter(kind="roots").values_list("person__email", flat=True))
    assert letters == {ada.email: 1}, "all days in one letter"
    assert not DeadLetter.objects.exists()
    done = Cursor.objects.filter(reader__startswith=daily.PREFIX)
    assert {cursor.failures for cursor in done} == {0}
    assert len(done) == len(daily.JOBS)
    before = Message.objects.count()
    lives(after + 30 * MINUTE, 2)
    assert Message.objects.count() == before
    kept = (proof for proof in prove(after) if proof.name != "tallies")  # the friends are planted
    assert not [p for proof in kept for p in proof.problems]


def test_nobody_finds_a_heap_of_reminders(begun, marta):
    """Exclusivities that ended meanwhile are not reminded of any more."""
    lives(begun + 98 * DAY, 2)
    assert not Claim.objects.filter(ended_at=None).exists()
    own = Counter(Message.objects.filter(person=marta).values_list("kind", flat=True))
    assert sum(own.values()) <= 1, own
