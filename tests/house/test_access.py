"""Every address x every role, GET and POST, on objects that belong to somebody else.

A new address needs a rule (`@door`) and, if it takes arguments, a sample here: the public id of
something that is none of the visitors' business. Behind a door that lets the role in, that is a
404 (invariant 17): whoever may not see a thing does not learn that it exists.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from polecam.actions import bonuses
from polecam.asking.models import Ask, Moment, Script
from polecam.bonuses.models import Line
from polecam.claims.models import Claim, CreditShare
from polecam.files.models import Upload
from polecam.imports.models import Import
from polecam.organisation.models import Branch
from polecam.parties.models import Party
from polecam.people.models import Person, Role, Welcome
from polecam.recognition.models import Praise
from polecam.referrals.models import Invitation, Meeting, Referral
from polecam.sales.models import Complaint, Sale
from polecam.web.access import ANYONE, PUBLIC, RULES
from tests.cast import person

pytestmark = pytest.mark.django_db

NOT_THEIRS = {404, 405}
ANSWERS = {200, 302, 303, 400, 405, 409, 410, 422}
PUBLIC_ANSWERS = ANSWERS | {404}
OPEN = {"setup:setting", "payroll:export", "proof:seal"}
"""Arguments that name no one's object: a setting, a format, a day."""
FIRM_WIDE = {"privacy:person", "privacy:open", "privacy:export", "privacy:erase"}
"""The data protection officer answers for the whole firm, one journalled person at a time."""


@dataclass
class World:
    """What belongs to Marta and her branch, by the name of the argument or of the address."""

    samples: dict[str, str]

    def arguments(self, name: str, pattern: URLPattern) -> dict[str, str]:
        """Arguments of an address. Fails where nobody thought of a sample."""
        found = {}
        for argument in pattern.pattern.converters:
            key = next(
                (
                    k
                    for k in (name, f"{name.split(':')[0]}:{argument}", argument)
                    if k in self.samples
                ),
                None,
            )
            assert key, f"{name} takes {argument}: give it a sample in {__name__}"
            found[argument] = self.samples[key]
        return found


@pytest.fixture
def world(branch, marta, kamil, anna, plan, at) -> World:
    """One of each thing, all Marta's."""
    moment = Moment.objects.create(
        client=anna, kind="praise", on=at.date(), noted_by=marta, noted_at=at
    )
    ask = Ask.objects.create(
        client=anna, seller=marta, branch=branch, moment=moment, asked_at=at, outcome="names"
    )
    invitation = Invitation.objects.create(
        client=anna, seller=marta, branch=branch, ask=ask, created_at=at,
        expires_at=at + timedelta(days=14),
    )  # fmt: skip
    friend = Party(created_at=at)
    friend.set_name("Piotr", "Nowak")
    friend.save()
    referral = Referral.objects.create(
        invitation=invitation, client=anna, party=friend, originator=marta, branch=branch, ask=ask,
        kind="asked", state="won", captured_at=at, state_at=at, consented_at=at,
        plan_version_id=plan.pk,
    )  # fmt: skip
    Claim.objects.create(
        referral=referral, party=friend, holder=marta, since=at, until=at + timedelta(days=90)
    )
    meeting = Meeting.objects.create(referral=referral, at=at, set_by=marta, held_at=at)
    sale = Sale.objects.create(
        referral=referral, client=anna, seller=marta, branch=branch, value_grosze=900_000,
        margin_grosze=436_000, sold_on=at.date(), reported_at=at,
    )  # fmt: skip
    complaint = Complaint.objects.create(sale=sale, recorded_by=kamil, recorded_at=at)
    CreditShare.objects.create(referral=referral, number=1, person=marta, share_bp=10_000, at=at)
    bonuses.credit(kind="consent", referral=referral, source=referral, at=at)
    line = Line.objects.get()
    praise = Praise.objects.create(
        giver=kamil, receiver=marta, branch=branch, text="Brawo", nonce="n", at=at
    )
    script = Script.objects.create(
        code="own", version=1, language="pl", seller=marta, text="Mam prośbę.",
        exit_line="Można odmówić.", created_at=at,
    )  # fmt: skip
    welcome = Welcome.objects.create(
        email="nina@olszyna.example", branch=branch, role="seller", invited_by=marta,
        created_at=at, expires_at=at + timedelta(days=7),
    )  # fmt: skip
    upload = Upload.objects.create(**upload_fields(marta, at))
    incoming = Import.objects.create(
        kind="clients", branch=branch, upload=upload, by=marta, created_at=at
    )
    return World(
        {
            "client": anna.public_id,
            "clients:public_id": anna.public_id,
            "moment": moment.public_id,
            "ask": ask.public_id,
            "invitation": invitation.public_id,
            "referral": referral.public_id,
            "referrals:public_id": referral.public_id,
            "meeting": meeting.public_id,
            "sale": sale.public_id,
            "complaint": complaint.public_id,
            "money:public_id": line.public_id,
            "team:public_id": praise.public_id,
            "script": script.public_id,
            "setup:public_id": marta.public_id,
            "setup:invited": welcome.public_id,
            "setup:key": "exclusivity_days",
            "privacy:public_id": friend.public_id,
            "imports:public_id": incoming.public_id,
            "entry:become": marta.public_id,
            "ref": f"{welcome.public_id}-forged",
            "uid": "MQ",
            "token": "forged",
            "name": "none",
            "day": "2020-01-01",
            "form": "csv",
        }
    )


def upload_fields(by: Person, at) -> dict:
    """An upload, whatever columns it has today."""
    wanted = {"by": by, "name": "clients.csv", "size": 3, "digest": "0" * 64, "at": at,
              "created_at": at, "uploaded_at": at, "sha256": "0" * 64, "path": "none"}  # fmt: skip
    return {f.name: wanted[f.name] for f in Upload._meta.concrete_fields if f.name in wanted}


@pytest.fixture
def elsewhere(firm, at) -> Branch:
    """Another branch of the same firm."""
    return Branch.objects.create(name="Oddział Krowodrza", created_at=at - timedelta(days=300))


def every_address(resolver: URLResolver | None = None, space: str = "") -> list:
    """(name, pattern) of every address."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            found.append((f"{space}{entry.name}", entry))
        else:
            found += every_address(
                entry, f"{space}{entry.namespace}:" if entry.namespace else space
            )
    return found


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
            answer = getattr(browser, method)(path)
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


def test_someone_without_a_role_is_told_whom_to_ask(firm, at):
    nobody = Person.objects.create(email="n@olszyna.example", first_name="Nina", created_at=at)
    browser = Browser()
    browser.force_login(nobody)
    assert browser.get(reverse("home")).headers["Location"] == reverse("entry:no_role")
    assert browser.get(reverse("today:today")).status_code == 403
