"""Every form of asking, filled in with what nobody can mean: a calm answer, never an error of ours.

The forms are those the pages themselves show, to whoever may open them, with the fields they have;
all fields at once, and each in turn, get hostile values.
"""

from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import Client as Http
from django.urls import reverse

from polecam.actions import cards
from polecam.referrals.cards import card_path
from polecam.referrals.links import client_path, friend_path
from polecam.referrals.models import Invitation
from polecam.surveys.links import survey_url
from polecam.surveys.models import Survey
from polecam.web.access import PUBLIC, RULES
from tests.support.world import every_address

pytestmark = pytest.mark.django_db

AREAS = set(
    "moments inlets surveys pulse words courage thanks rewards law mailing privacy card".split()
)
HOSTILE = (
    "",
    "\x00",
    "a\x00b",
    "x" * 20_000,
    "9" * 400,
    "-1",
    "1e999",
    "9999-12-31",
    "0001-01-01",
    "\u202egnp.exe\u2066",
    "\ud7ff\ufffe\U000e0041",
    "²",
    "{seller.__class__}%(x)s%s{",
    "<script>alert(1)</script>",
)
WORST = ("", "a\x00b", "9" * 400, "9999-12-31")
KEYS = ("csrfmiddlewaretoken", "key")
ASKED = (
    "a branch by c change channel done from kind lang line link m n page part period q r s said "
    "sheet show step to v w"
).split()
"""Names that pages read from an address after `?`."""
NOT_AN_ANSWER = 500


class Forms(HTMLParser):
    """The forms that post: (action, {field: value as it stands})."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.here: dict[str, str] | None = None

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if tag == "form":
            self.here = {} if has.get("method", "").lower() == "post" else None
            if self.here is not None:
                self.found.append((has.get("action", ""), self.here))
        elif self.here is not None and has.get("name", "csrfmiddlewaretoken") not in KEYS:
            self.here.setdefault(has["name"], has.get("value") or "1")

    def handle_endtag(self, tag):
        if tag == "form":
            self.here = None


def forms_of(browser: Http, path: str) -> list[tuple[str, dict[str, str]]]:
    """What a visitor may send from a page."""
    answer = browser.get(path)
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return []
    parser = Forms()
    parser.feed(answer.content.decode())
    return [(action or path, fields) for action, fields in parser.found]


def fillings(fields: dict[str, str]):
    """All fields get each value, then each field alone the worst."""
    yield {}
    for value in HOSTILE:
        yield dict.fromkeys(fields, value)
    for name in fields:
        for value in WORST:
            yield fields | {name: value}


def knock(browser: Http, action: str, sent: dict[str, str]) -> int:
    """The answer's status; nothing is kept of the try."""
    with transaction.atomic():
        status = browser.post(action, sent).status_code
        transaction.set_rollback(True)
    return status


def walk(browser: Http, paths: list[str]) -> list[str]:
    """Send every form of these pages in every way; what went wrong."""
    seen, wrong = set(), []
    for path in paths:
        for action, fields in forms_of(browser, path):
            shape = (action.split("?")[0], *sorted(fields))
            if shape in seen:
                continue
            seen.add(shape)
            for sent in fillings(fields):
                status = knock(browser, action, sent)
                if status >= NOT_AN_ANSWER:
                    told = {name: value[:20] for name, value in sent.items()}
                    wrong.append(f"{action} {told!r} -> {status}")
    return wrong


@pytest.fixture
def unlimited(monkeypatch):
    """Rate limits have tests of their own."""
    monkeypatch.setattr("polecam.web.limits.count_hit", lambda *_, **__: 1)


@pytest.mark.parametrize("who", ["marta", "tomek", "ada", "irena", "pawel"])
def test_forms_behind_the_doors(world, unlimited, request, who):
    visitor = request.getfixturevalue(who)
    browser = Http(raise_request_exception=False)
    browser.force_login(visitor)
    paths = [
        reverse(name, kwargs=world.arguments(name, pattern))
        for name, pattern in every_address()
        if name.split(":")[0] in AREAS and RULES[name] != PUBLIC
    ]
    wrong = walk(browser, paths)
    assert not wrong, "\n".join(wrong)


def test_forms_of_links(world, unlimited, anna, marta, at):
    card = cards.open_card(by=marta, at=at, client=anna)
    anna.party.set_email("anna@poczta.example")
    anna.party.save()
    invitation = Invitation.objects.get()
    paths = [
        friend_path(invitation),
        client_path(invitation),
        card_path(card),
        card_path(card) + "words/",
        card_path(card) + "me/",
        survey_url(Survey.objects.get()).partition("localhost:8000")[2],
    ]
    wrong = walk(Http(raise_request_exception=False), paths)
    assert not wrong, "\n".join(wrong)


def test_addresses_with_what_no_address_holds(world, unlimited, ada, marta):
    """A NUL in an address or a question is somebody's play, not our error."""
    wrong = []
    for visitor in (ada, marta):
        browser = Http(raise_request_exception=False)
        browser.force_login(visitor)
        for name, pattern in every_address():
            arguments = world.arguments(name, pattern)
            for key in [k for k, v in arguments.items() if not v.isdecimal()]:
                path = reverse(name, kwargs=arguments).replace(arguments[key], "%00")
                for method in ("get", "post"):
                    status = getattr(browser, method)(path).status_code
                    if status >= NOT_AN_ANSWER:
                        wrong.append(f"{method} {path} -> {status}")
    assert not wrong, "\n".join(wrong)


def test_questions_nobody_asks(world, unlimited, ada, marta, tomek, irena):
    wrong = []
    for visitor in (ada, marta, tomek, irena):
        browser = Http(raise_request_exception=False)
        browser.force_login(visitor)
        for name, pattern in every_address():
            if name.split(":")[0] in AREAS and RULES[name] != PUBLIC:
                path = reverse(name, kwargs=world.arguments(name, pattern))
                for value in WORST:
                    status = browser.get(path, dict.fromkeys(ASKED, value)).status_code
                    if status >= NOT_AN_ANSWER:
                        wrong.append(f"{path}?...={value[:12]!r} -> {status}")
    assert not wrong, "\n".join(wrong)
