"""How many queries each page asks: a snapshot, at most twelve, and no more for a longer list.

`POLECAM_SNAPSHOT=write` writes tests/house/query_counts.json anew; look at its diff.
"""

import json
import os
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client, override_settings
from django.urls import NoReverseMatch, get_resolver, reverse

from bench.world import build
from polecam.people.models import Membership, Person, Role
from tests.house.test_checklists import named_urls

SNAPSHOT = Path(__file__).with_name("query_counts.json")
MOST = 12
WRITE = os.environ.get("POLECAM_SNAPSHOT") == "write"


def addresses() -> dict[str, str]:
    """Every page that needs no argument."""
    found = {}
    for name in sorted(named_urls(get_resolver())):
        try:
            found[name] = reverse(name)
        except NoReverseMatch:
            continue
    return found


def count(client: Client, path: str) -> int | None:
    """Queries of a page that opens, after it was opened once; None if it does not."""
    if client.get(path).status_code != 200:
        return None
    asked: list[str] = []

    def hear(execute, sql, params, many, context):
        if not sql.startswith(("SAVEPOINT", "RELEASE SAVEPOINT")):
            asked.append(sql)
        return execute(sql, params, many, context)

    for alias in connections:
        connections[alias].execute_wrappers.append(hear)
    try:
        client.get(path)
    finally:
        for alias in connections:
            connections[alias].execute_wrappers.remove(hear)
    return len(asked)


def counts(person: Person) -> dict[str, int]:
    """Queries of every page that this person may open."""
    client = Client()
    client.force_login(person)
    found = {name: count(client, path) for name, path in addresses().items()}
    return {name: number for name, number in found.items() if number is not None}


def counted(clients: int, referrals: int) -> dict[str, dict[str, int]]:
    """The counts of a seller and of the boss in a branch of this size."""
    cache.clear()  # what tests before this one left there is about other people
    boss, seller, *_others = build(clients, referrals, branches=1, in_branch=6)
    Membership.objects.create(
        person=boss,
        branch=boss.bench_branch,
        role=Role.ADMIN,
        since=boss.created_at,
    )
    return {"boss": counts(boss), "seller": counts(seller)}


@pytest.mark.django_db
@pytest.mark.sqlite
@override_settings(DEBUG=False)
def test_queries_of_every_page():
    found = counted(300, 360)
    over = {
        f"{who} {name}": number
        for who, pages in found.items()
        for name, number in pages.items()
        if number > MOST
    }
    assert not over
    if WRITE:
        SNAPSHOT.write_text(json.dumps(found, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    kept = json.loads(SNAPSHOT.read_text(encoding="utf-8")) if SNAPSHOT.exists() else {}
    assert found == kept, "POLECAM_SNAPSHOT=write, then read the diff"


@pytest.mark.django_db
@pytest.mark.sqlite
def test_a_longer_list_asks_no_more():
    kept = json.loads(SNAPSHOT.read_text(encoding="utf-8")) if SNAPSHOT.exists() else {}
    short = counted(120, 180)
    more = {
        f"{who} {name}": (number, kept[who][name])
        for who, pages in short.items()
        for name, number in pages.items()
        if kept.get(who, {}).get(name, 0) > number
    }
    assert not more, "queries for a short list, and for a longer one"
