"""A region of two hundred branches: pages ask at most twelve times, no more than of two."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from polecam.kit.periods import day_of
from polecam.organisation.models import Branch, Level, Placement
from polecam.people.models import Membership
from tests.cast import ZONE

pytestmark = pytest.mark.django_db
MOST = 12


def grow(region, seller, count: int, *, at) -> None:
    """So many more branches, each with a team, everybody's memberships spread over them."""
    made = Branch.objects.bulk_create(
        Branch(name=f"{kind} {n}", level=level, created_at=at - timedelta(days=400))
        for kind, level in (("Oddział", Level.BRANCH), ("Zespół", Level.TEAM))
        for n in range(Branch.objects.count(), Branch.objects.count() + count)
    )
    since = day_of(at, ZONE) - timedelta(days=300)
    branches, teams = made[:count], made[count:]
    Placement.objects.bulk_create(
        Placement(branch=one, parent=parent, since=since, made_at=at)
        for one, parent in (
            *((branch, region) for branch in branches),
            *zip(teams, branches, strict=True),
        )
    )
    Membership.objects.bulk_create(
        Membership(person=seller, branch=one, role="seller", since=at) for one in teams
    )


def asked(person, name: str, **kwargs) -> int:
    browser = Browser()
    browser.force_login(person)
    path = reverse(name, kwargs=kwargs)
    assert browser.get(path).status_code == 200
    with ExitStack() as stack:
        seen = [stack.enter_context(CaptureQueriesContext(connections[a])) for a in connections]
        browser.get(path)
    sql = [query["sql"] for one in seen for query in one]
    found = [one for one in sql if not one.startswith(("SAVEPOINT", "RELEASE"))]
    assert len(found) <= MOST, "\n".join(found)
    return len(found)


def test_of_two_hundred_as_of_two(region, own, team, boss, admin, tomek, marta, at):
    pages = (
        (boss, "tree:region", {}),
        (boss, "evidence:firm", {}),
        (boss, "surveys:summary", {}),
        (admin, "tree:tree", {}),
        (admin, "tree:place", {"place": own.public_id}),
        (admin, "tree:settings", {"place": own.public_id}),
        (admin, "tree:setting", {"place": own.public_id, "key": "weekly_goal"}),
        (admin, "tree:move", {"place": own.public_id}),
        (admin, "tree:close", {"place": own.public_id}),
        (tomek, "branch:branch", {}),
        (tomek, "branch:first", {}),
        (tomek, "team:team", {}),
        (tomek, "pool:story", {}),
        (marta, "evidence:mine", {}),
        (marta, "team:team", {}),
        (marta, "today:today", {}),
    )
    before = [asked(person, name, **kwargs) for person, name, kwargs in pages]
    grow(region, marta, 200, at=at)
    after = [asked(person, name, **kwargs) for person, name, kwargs in pages[:9]]
    assert all(b >= a for b, a in zip(before, after, strict=False)), (before, after)
