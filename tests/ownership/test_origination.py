"""Origination is never lost: by reassigning, absence, leaving, a merge, in any order."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import absences, claims, clients, departures, parties, portfolio
from polecam.actions.portfolio_work import work_off
from polecam.bonuses.leavers import paid
from polecam.bonuses.models import PlanVersion
from polecam.claims.models import BulkHandoff, Claim, CreditShare
from polecam.claims.queries import shares
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.people.models import Person
from polecam.people.queries import left
from polecam.referrals.models import Referral
from tests import cast
from tests.portfolio.support import clients as some_clients
from tests.portfolio.support import led
from tests.portfolio.test_leaving import later_version, name_branch

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["assign", "away", "leave", "draft", "run", "undo", "expire", "merge", "part"]
        ),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    min_size=3,
    max_size=12,
)


@given(steps=STEPS)
def test_whatever_happens_the_author_stays_and_somebody_is_paid(life, steps):
    with life() as world:
        authors = dict(Referral.objects.values_list("pk", "originator_id"))
        for step in steps:
            world.do(*step)
            world.holds(authors)


class World:
    """Three sellers, four friends who said yes under two plans; days go by."""

    def __init__(self, branch, sellers, tomek, ada, plan, at) -> None:
        self.branch, self.sellers, self.tomek, self.ada, self.at = branch, sellers, tomek, ada, at
        versions = [plan, later_version(plan, "holder", at)]
        self.clients = [
            client for seller in sellers[:2] for client in some_clients(branch, seller, 2, at=at)
        ]
        self.referrals = [
            led(client, client.owner, number, at - 9 * DAY, versions[number % 2])
            for number, client in enumerate(self.clients)
        ]
        name_branch(self.referrals[0])

    def do(self, verb: str, one: int, other: int) -> None:
        """One thing that happens; what is refused is part of life."""
        self.at += timedelta(hours=3)
        for person in (*self.sellers, self.tomek, self.ada):
            person.refresh_from_db()
            person.__dict__.pop("_standing", None)
        try:
            with transaction.atomic():
                getattr(self, verb)(one, other)
        except (Refused, NotAllowed):
            return

    def assign(self, one, other) -> None:
        client = self.clients[one]
        clients.assign(by=self.tomek, at=self.at, client=client, owner=self.sellers[other])

    def away(self, one, other) -> None:
        today = day_of(self.at, "Europe/Warsaw")
        absences.plan(
            by=self.tomek,
            at=self.at,
            person=self.sellers[one],
            since=today,
            until=today + 2 * DAY,
            cover=self.sellers[other],
        )

    def leave(self, one, other) -> None:
        departures.leave(by=self.ada, at=self.at, person=self.sellers[one])

    def draft(self, one, other) -> None:
        portfolio.draft(
            by=self.tomek,
            at=self.at,
            giver=self.sellers[one],
            branch=self.branch,
            to=[self.sellers[other]],
        )

    def run(self, one, other) -> None:
        for bulk in BulkHandoff.objects.filter(state="draft"):
            started = portfolio.start(by=self.tomek, at=self.at, bulk=bulk)
            work_off(bulk=started, by=self.tomek, at=self.at)

    def undo(self, one, other) -> None:
        for bulk in BulkHandoff.objects.filter(state="done"):
            undoing = portfolio.undo(by=self.tomek, at=self.at, bulk=bulk)
            work_off(bulk=undoing, by=self.tomek, at=self.at)

    def expire(self, one, other) -> None:
        self.at += 20 * DAY
        absences.keep_up(at=self.at)
        claims.expire_due(at=self.at)

    def merge(self, one, other) -> None:
        parties.join(
            by=self.tomek,
            at=self.at,
            one=self.referrals[one].party,
            other=self.referrals[other].party,
        )

    def part(self, one, other) -> None:
        from polecam.parties.models import Merge

        for merge in Merge.objects.filter(undone_at=None)[:1]:
            parties.part(by=self.tomek, at=self.at, merge=merge)

    def holds(self, authors: dict[int, int]) -> None:
        """What is true after every step."""
        assert dict(Referral.objects.values_list("pk", "originator_id")) == authors
        for referral in self.referrals:
            rows = shares(Referral.objects.get(pk=referral.pk))
            parts = {row.person_id: row.share_bp for row in rows}
            assert sum(parts.values()) == 10_000
            assert parts.get(authors[referral.pk], 0) >= 3_000, "the author keeps the floor"
            version = PlanVersion.objects.get(pk=referral.plan_version_id)
            earned, passed = paid(referral, version, parts, at=self.at)
            assert sum(earned.values()) == 10_000
            gone = left(parts, at=self.at)
            if version.leaver == "seller":
                assert earned == parts
            elif Person.objects.filter(is_active=True, pk__in=_around(referral)).exists():
                assert not gone & earned.keys(), "the plan's successor is there"
                assert {one.leaver_id for one in passed} == gone
        for claim in Claim.objects.filter(ended_at=None):
            assert Claim.objects.filter(referral=claim.referral, ended_at=None).count() == 1
        assert CreditShare.objects.filter(number=1).count() == len(self.referrals)


def _around(referral: Referral) -> set[int]:
    """Whoever ever led it, has the client, or shares it."""
    found = set(Claim.objects.filter(referral=referral).values_list("holder_id", flat=True))
    referral.client.refresh_from_db()
    return found | {referral.client.owner_id} | {r.person_id for r in shares(referral)}


@pytest.fixture
def life(branch, marta, kamil, tomek, ada, plan, at):
    """A world that is taken back after each example."""
    ola = cast.person(branch, "seller", "Ola", "Pietrzak", "f", at=at)

    @contextmanager
    def made():
        with transaction.atomic():
            for one in (marta, kamil, ola):
                one.refresh_from_db()
            yield World(branch, [marta, kamil, ola], tomek, ada, plan, at - 300 * DAY)
            transaction.set_rollback(True)

    return made


def test_a_share_of_a_merged_friend_stays(branch, marta, kamil, tomek, plan, at):
    """Two records of one friend, brought by two sellers: both authors keep what they brought."""
    one, two = some_clients(branch, marta, 1, at=at) + some_clients(branch, kamil, 1, at=at)
    first, second = led(one, marta, 1, at - 9 * DAY, plan), led(two, kamil, 2, at - 8 * DAY, plan)
    parties.join(by=tomek, at=at, one=first.party, other=second.party)
    for referral, author in ((first, marta), (second, kamil)):
        referral.refresh_from_db()
        assert referral.originator == author
        assert [(s.person_id, s.share_bp) for s in shares(referral)] == [(author.pk, 10_000)]
    assert Claim.objects.filter(ended_at=None).count() == 1
