"""Roles over time, in any order of give, end, move, leave and return."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from polecam.actions import departures, moves, people, roles
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.organisation.models import Branch, Organisation
from polecam.people.models import Membership, Person, PlannedMove, Role
from tests.cast import ZONE, person

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
WHO, WHERE = st.integers(0, 2), st.integers(0, 1)
STEP = st.one_of(
    st.tuples(st.just("give"), WHO, WHERE, st.sampled_from(list(Role.values))),
    st.tuples(st.just("end"), WHO, st.integers(0, 3), st.none()),
    st.tuples(st.just("move"), WHO, WHERE, st.sampled_from(["seller", "manager", "admin"])),
    st.tuples(st.just("work"), st.just(0), st.just(0), st.none()),
    st.tuples(st.just("leave"), WHO, st.just(0), st.none()),
    st.tuples(st.just("plan_leave"), WHO, st.just(0), st.none()),
    st.tuples(st.just("return"), WHO, WHERE, st.sampled_from(["seller", "admin"])),
    st.tuples(st.just("cancel"), WHO, st.just(0), st.none()),
)


class Life:
    """A firm of three in two branches, and what may happen to it."""

    def __init__(self) -> None:
        self.at = START
        Organisation.objects.create(id=1, name="Bank", created_at=START)
        self.places = [Branch.objects.create(name=n, created_at=START) for n in ("A", "B")]
        self.people = [
            person(self.places[0], role, first, "Lis", "f", at=START)
            for role, first in (("admin", "Ada"), ("seller", "Ewa"), ("manager", "Iga"))
        ]

    def do(self, verb: str, who: int, where: int, role: str | None) -> None:  # noqa: C901
        one = Person.objects.get(pk=self.people[who].pk)
        place, other = self.places[where % 2], self.places[(where + 1) % 2]
        today = day_of(self.at, ZONE)
        common = {"by": None, "at": self.at}
        if verb == "give":
            roles.give(**common, person=one, branch=place, role=role, knowing=True)
        elif verb == "end":
            held = list(Membership.objects.filter(person=one, until=None).order_by("id"))
            if held:
                roles.end(**common, membership=held[where % len(held)])
        elif verb == "move":
            moves.plan(
                **common, person=one, origin=other, target=place, role=role,
                on=today + timedelta(days=where),
            )  # fmt: skip
        elif verb == "work":
            moves.carry_out_due(at=self.at)
            departures.carry_out_due(at=self.at)
        elif verb == "leave":
            departures.leave(**common, person=one)
        elif verb == "plan_leave":
            departures.plan(**common, person=one, on=today + timedelta(days=1))
        elif verb == "return":
            welcome = people.invite(**common, email=one.email, branch=place, role=role)
            people.accept_invitation(
                at=self.at, welcome=welcome, password="spokojna-rozmowa-2026", first_name="Ewa"
            )
        elif verb == "cancel":
            for move in PlannedMove.objects.filter(person=one):
                moves.cancel(**common, move=move)

    def check(self, before: dict[int, tuple]) -> dict[int, tuple]:
        rows = list(Membership.objects.order_by("since", "id"))
        admins = [m for m in rows if m.role == "admin" and m.until is None]
        assert any(Person.objects.get(pk=m.person_id).is_active for m in admins), "an admin"
        spans: dict[tuple, list] = {}
        for m in rows:
            assert m.until is None or m.until > m.since
            assert m.since <= self.at
            spans.setdefault((m.person_id, m.branch_id, m.role), []).append((m.since, m.until))
        for found in spans.values():
            for (_since, until), (following, _until) in pairwise(found):
                assert until is not None
                assert until <= following, "no two at once"
        for one in Person.objects.all():
            held = any(m.person_id == one.pk and m.until is None for m in rows)
            assert held == one.is_active, "who works here has a role, who left has none"
        now = {m.pk: (m.person_id, m.branch_id, m.role, m.since, m.until) for m in rows}
        for pk, past in before.items():
            assert now[pk][:4] == past[:4], "who did what where stays written"
            assert past[4] is None or now[pk][4] == past[4], "what has ended stays ended"
        return now


@settings(max_examples=30)
@given(steps=st.lists(st.tuples(STEP, st.integers(1, 40)), max_size=10))
def test_any_order_keeps_the_story_true(steps):
    with transaction.atomic():
        life, known = Life(), {}
        for step, hours in steps:
            life.at += timedelta(hours=hours)
            with suppress(Refused), transaction.atomic():
                life.do(*step)
            known = life.check(known)
        transaction.set_rollback(True)
