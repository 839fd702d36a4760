"""Every address x every role, GET and POST, on objects that belong to somebody else.

A new address needs a rule (`@door`) and, if it takes arguments, a sample here: the public id of
something that is none of the visitors' business. Behind a door that lets the role in, that is a
404 (invariant 17): whoever may not see a thing does not learn that it exists.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.urls import reverse

from polecam.organisation.models import Branch
from polecam.people.models import Person, Role
from polecam.web.access import ANYONE, PUBLIC, RULES
from tests.cast import person
from tests.support.world import World, every_address

pytestmark = pytest.mark.django_db

NOT_THEIRS = {404, 405}
ANSWERS = {200, 302, 303, 400, 405, 409, 410, 422}
PUBLIC_ANSWERS = ANSWERS | {401, 404}
OPEN = {
    "start:put_off",
    "setup:setting",
    "law:rule",
    "privacy:register_file",
    "evidence:parameter",
    "tasks:again",
    "tasks:forget",
    "payroll:export",
    "proof:seal",
    "mailing:text",
    "mailing:look",
    "mailing:try",
    "mailing:house",
    "rewards:year",
    "rewards:file",
}
"""Arguments that name no one's object: a setting, a rule, a letter, a format, a day."""
FIRM_WIDE = {
    "privacy:person",
    "privacy:open",
    "privacy:export",
    "privacy:erase",
    "privacy:object",
    "privacy:correct",
    "privacy:request",
    "privacy:find",
    "privacy:extend",
    "privacy:finish",
    "law:test",
    "law:revise",
    "proof:stop_outside",
    "setup:setting_back",
    "moments:one",
    "moments:take_back",
    "moments:date",
    "words:house_one",
    "words:house_retire",
    "mailing:message",
    "mailing:again",
    "mailing:aside",
    "mailing:lift",
}
"""The data protection officer answers for the whole firm, one journalled person at a time; an
address that gets the roots of the firm's one journal is of no branch; nor is the catalogue."""


@pytest.fixture
def elsewhere(firm, at) -> Branch:
    """Another branch of the same firm."""
    return Branch.objects.create(name="Oddział Krowodrza", created_at=at - timedelta(days=300))


def wrong(name: str, arguments: dict, role: str | None, method: str, status: int, to: str) -> str:
    """What is wrong with an answer, in words; empty if nothing."""
    rule = RULES[name]
    if rule == PUBLIC:
        return "" if status in PUBLIC_ANSWERS else "should answer everyone"
    if role is None:
        at_door = status == 302 and to.startswith(reverse("entry:sign_in"))
        return "" if at_door else "should ask to sign in"
    if rule != ANYONE and role not in rule:
        return "" if status == 403 else "should be forbidden"
    if arguments and name not in OPEN | FIRM_WIDE:
        return "" if status in NOT_THEIRS else "shows or changes what is somebody else's"
    allowed = ANSWERS if method == "get" and name not in OPEN else PUBLIC_ANSWERS
    return "" if status in allowed else "should let this role in"


def walk(visitor: Person | None, role: str | None, world: World) -> list[str]:
    """Knock at every door as `visitor`; what went wrong."""
    browser = Browser(raise_request_exception=False)
    found = []
    for name, pattern in every_address():
        arguments = world.arguments(name, pattern)
        path = reverse(name, kwargs=arguments)
        for method in ("get", "post"):
            if visitor:
                browser.force_login(visitor)
            answer = getattr(browser, method)(path, world.typed.get(name, {}))
            trouble = wrong(
                name,
                arguments,
                role,
                method,
                answer.status_code,
                answer.headers.get("Location", ""),
            )
            if trouble:
                found.append(f"{method.upper()} {name} {path} -> {answer.status_code}: {trouble}")
    return found


def test_every_address_has_a_rule_and_a_sample(world):
    for name, pattern in every_address():
        assert name in RULES, f"{name}: declare it with @door"
        world.arguments(name, pattern)


def opens(visitor: Person, path: str, typed: dict[str, str]) -> bool:
    """Whether there is something behind this door for the visitor; nothing is kept of the try."""
    browser = Browser(raise_request_exception=False)
    browser.force_login(visitor)
    for method in ("get", "post"):
        with transaction.atomic():
            status = getattr(browser, method)(path, typed).status_code
            transaction.set_rollback(True)
        if status not in {403, 404, 405}:
            return True
    return False


def test_every_sample_is_real(world, marta, tomek, ada, irena, pawel):
    """Else a 404 for strangers proves nothing: somebody of the branch finds it."""
    of_the_branch = (marta, tomek, ada, irena, pawel)
    nowhere = [
        f"{name} {path}"
        for name, pattern in every_address()
        if name not in OPEN
        if RULES[name] != PUBLIC and (arguments := world.arguments(name, pattern))
        for path in [reverse(name, kwargs=arguments)]
        if not any(opens(who, path, world.typed.get(name, {})) for who in of_the_branch)
    ]
    assert not nowhere, "\n".join(nowhere)


@pytest.mark.parametrize("role", Role.values)
def test_other_branches_are_none_of_your_business(world, elsewhere, role, at):
    visitor = person(elsewhere, role, "Obca", "Osoba", "f", at=at)
    found = walk(visitor, role, world)
    assert not found, "\n".join(found)


def test_a_colleague_sees_no_more(world, branch, at):
    visitor = person(branch, Role.SELLER, "Ola", "Pietrzak", "f", at=at)
    found = walk(visitor, Role.SELLER, world)
    assert not found, "\n".join(found)


def test_strangers_are_asked_to_sign_in(world):
    found = walk(None, None, world)
    assert not found, "\n".join(found)


def test_whoever_left_is_out(world, marta, at):
    marta.is_active = False
    marta.save(update_fields=["is_active"])
    browser = Browser()
    browser.force_login(marta)
    assert browser.get(reverse("today:today")).status_code == 302


def test_someone_without_a_role_is_told_whom_to_ask(branch, at):
    nobody = Person.objects.create(email="n@olszyna.example", first_name="Nina", created_at=at)
    browser = Browser()
    browser.force_login(nobody)
    assert browser.get(reverse("home")).headers["Location"] == reverse("entry:no_role")
    assert browser.get(reverse("today:today")).status_code == 403
