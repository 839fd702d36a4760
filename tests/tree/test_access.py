"""Every address x every role x every position in the tree: own, below, beside, above, elsewhere."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from polecam.organisation.models import Branch
from polecam.people.models import Membership, Person, Role
from polecam.people.permissions import REGION
from polecam.web.access import ANYONE, PUBLIC, RULES
from tests import cast
from tests.house.test_access import FIRM_WIDE, OPEN
from tests.support.world import World, every_address

pytestmark = pytest.mark.django_db
OFFICES = (Role.ADMIN, Role.DPO, Role.PAYROLL)
OF_SELLERS = ("Zielinska", "Marta", "Kamil", "Duda")
OF_CLIENTS = ("Anna", "Kowalczyk", "Piotr", "Nowak", "Ania")
"""Clients of the branch and their friends."""
NAMES_PEOPLE = {"staff:deputies"}
"""Whoever names a deputy chooses among names; what these people do is not told there."""


def with_role(places: list[Branch], role: str, first: str, *, at) -> Person:
    """Somebody who has the role in each of these places."""
    made = cast.person(places[0], role, first, "Inna", "f", at=at)
    for place in places[1:]:
        Membership.objects.create(person=made, branch=place, role=role, since=at)
    return made


def addresses(world: World) -> list[tuple[str, str, bool]]:
    """(name, path, whether it names something) of every address that has a sample; one without is
    for tests/house/test_access.py to miss."""
    found = []
    for name, pattern in every_address():
        try:
            arguments = world.arguments(name, pattern)
        except AssertionError:
            continue
        found.append((name, reverse(name, kwargs=arguments), bool(arguments)))
    return found


def statuses(visitor: Person, world: World, *, of: frozenset[str] | None = None) -> dict[str, int]:
    """What every address that names something answers to the visitor."""
    browser = Browser(raise_request_exception=False)
    found = {}
    for name, path, names in addresses(world):
        rule = RULES.get(name, PUBLIC)
        if rule in (PUBLIC, ANYONE) or not names or (of and not rule & of):
            continue
        browser.force_login(visitor)
        found[name] = browser.get(path).status_code
    return found


@pytest.mark.parametrize("role", Role.values)
def test_below_beside_and_elsewhere_nothing_of_the_branch_is_there(
    world, team, sibling, other_region, role, at
):
    """A role held below the branch, beside it and in another region at once opens nothing of it."""
    visitor = with_role([team, sibling, other_region], role, "Olga", at=at)
    found = statuses(visitor, world, of=frozenset({role}))
    shown = {
        name
        for name, status in found.items()
        if status not in {403, 404, 405} and name not in OPEN | FIRM_WIDE
    }
    assert not shown


@pytest.mark.parametrize("role", OFFICES)
def test_an_office_held_above_opens_what_it_opens_in_the_branch(world, own, region, role, at):
    """The reach of admin, data protection officer and payroll: the same doors, from the region."""
    here = statuses(cast.person(own, role, "Hania", "Tu", "f", at=at), world, of=frozenset({role}))
    above = statuses(
        cast.person(region, role, "Ula", "Wyzej", "f", at=at), world, of=frozenset({role})
    )
    assert above == here


def test_a_seller_of_the_region_sees_nothing_of_the_branch(world, own, region, at):
    visitor = cast.person(region, Role.SELLER, "Olga", "Inna", "f", at=at)
    found = statuses(visitor, world, of=frozenset({Role.SELLER}))
    assert {name for name, status in found.items() if status not in {403, 404, 405}} == set()


REGIONS_OWN = {
    "plans:approve",
    "plans:discard",
    "plans:drop",
    "plans:edit",
    "plans:ready",
    "plans:rename",
    "plans:submit",
    "plans:version",
    "plans:compare",
}
"""What names something and opens to the manager of a region: plans of the branches below."""


def test_the_manager_of_a_region_reads_no_name_anywhere(world, own, team, sibling, boss, at):
    """Every page they may open, with the branch's people, clients and friends planted below it."""
    browser, leaks, opened = Browser(raise_request_exception=False), [], set()
    for name, path, names in addresses(world):
        if RULES.get(name, PUBLIC) == PUBLIC:
            continue
        queries = ("", f"?place={own.public_id}", f"?branch={own.public_id}&period=year")
        for query in queries[:1] if names else queries:
            browser.force_login(boss)
            answer = browser.get(path + query)
            assert answer.status_code < 500, f"{name}{query}: {answer.status_code}"
            if answer.status_code == 200 and names:
                opened.add(name)
            body = "" if answer.streaming else answer.content.decode(errors="replace")
            planted = OF_CLIENTS if name in NAMES_PEOPLE else OF_CLIENTS + OF_SELLERS
            leaks += [f"{name}{query} tells {word}" for word in planted if word in body]
            if RULES[name] != ANYONE and REGION not in RULES[name]:
                assert answer.status_code == 403, name
    assert not leaks, "\n".join(leaks)
    assert opened - OPEN <= REGIONS_OWN, opened


def test_nor_does_posting_open_anything_else(world, own, boss):
    browser, found = Browser(raise_request_exception=False), []
    for name, path, _names in addresses(world):
        if RULES.get(name, PUBLIC) in (PUBLIC, ANYONE) or name in REGIONS_OWN:
            continue
        browser.force_login(boss)
        status = browser.post(path, world.typed.get(name, {})).status_code
        if REGION not in RULES[name] and status != 403:
            found.append(f"{name}: {status}")
        if status >= 500:
            found.append(f"{name}: {status}")
    assert not found
