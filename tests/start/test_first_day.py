"""A firm without clients, asks, plan or money: every page of every role says what will be here."""

import re

import pytest
from django.test import Client as Browser
from django.urls import reverse

from polecam.organisation import settings as dated
from polecam.people.models import Role
from polecam.web.access import RULES
from polecam.web.ui.firm import forget
from tests.browser.test_every_page import FILES, FRAGMENTS, PASSES_ON
from tests.house.test_query_counts import MOST, addresses, count
from tests.start.support import first_day

pytestmark = pytest.mark.django_db

NO_PAGE = {"health:live", "health:ready", "health:metrics", "staff:records", "confirm:file"}
"""Answers for machines; the last needs nothing but a file."""
WAY_ON = re.compile(r"<(?:a [^>]*href|form |button )")
TALE = re.compile(r"<[^>]+>|\s+")


@pytest.fixture(autouse=True)
def nothing_chosen_yet():
    """Zone and currency of the tests before are of another firm."""
    dated._fixed.clear()
    forget()
    yield
    dated._fixed.clear()
    forget()


def trouble(name: str, answer) -> str:
    """What is wrong with a page of the first day, in words; empty if nothing."""
    if name in NO_PAGE:
        return ""
    if answer.status_code not in {200, 302, 303, 403, 404, 405}:
        return f"answers {answer.status_code}"
    if answer.status_code != 200 or name in FILES | FRAGMENTS | PASSES_ON:
        return ""
    page = answer.content.decode()
    main = re.search(r"<main.*</main>", page, re.DOTALL)
    if main is None:
        return "has no main part"
    said = TALE.sub(" ", re.sub(r"<svg.*?</svg>", "", main[0], flags=re.DOTALL))
    if len(" ".join(said.split())) < 60:
        return "says nothing"
    return "" if WAY_ON.search(main[0]) else "leads nowhere"


@pytest.mark.parametrize("role", Role.values)
def test_every_page_of_the_first_day_is_helpful(at, role):
    person = first_day(at)[role]
    browser = Browser(raise_request_exception=False)
    browser.force_login(person)
    found = {}
    for name, path in addresses().items():
        if RULES.get(name) and (said := trouble(name, browser.get(path))):
            found[name] = said
    assert not found


def test_a_seller_without_clients_is_told_where_they_come_from(at):
    people = first_day(at)
    browser = Browser()
    browser.force_login(people[Role.SELLER])
    assert reverse("clients:new") in browser.get(reverse("today:today")).content.decode()


def test_a_firm_in_euros_shows_no_zloty(at):
    people = first_day(at, currency="EUR")
    for role in (Role.SELLER, Role.MANAGER, Role.ADMIN, Role.PAYROLL):
        browser = Browser(raise_request_exception=False)
        browser.force_login(people[role])
        found = [
            name
            for name, path in addresses().items()
            if not name.startswith("gallery:")
            for answer in [browser.get(path)]
            if answer.status_code == 200 and "html" in answer.headers.get("Content-Type", "")
            if re.search(r"\bzł\b|\bPLN\b|złot", answer.content.decode())
        ]
        assert not found, role
    admin = Browser()
    admin.force_login(people[Role.ADMIN])
    assert "€" in admin.get(reverse("start:plan")).content.decode()


def test_the_steps_ask_the_database_little(at):
    people = first_day(at)
    browser = Browser()
    browser.force_login(people[Role.ADMIN])
    paths = {n: p for n, p in addresses().items() if n.startswith(("start:", "setup:setup"))}
    counts = {name: found for name, path in paths.items() if (found := count(browser, path))}
    assert len(counts) >= 9
    assert {name: found for name, found in counts.items() if found > MOST} == {}
