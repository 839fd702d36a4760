"""Every page of the house in Chromium: axe, width, headings, language, console.

Size, theme and language rotate by the name of the page. A new address that no visitor of the
sample world can open fails here: give it a sample in `inhabited`.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.test import Client as Browser
from django.urls import reverse
from django.utils.http import urlsafe_base64_encode
from playwright.sync_api import Page

from polecam.actions import invitations, journal, setup
from polecam.asking.models import Ask
from polecam.claims.models import Dispute, DisputeDecision, DisputeParty, Handoff
from polecam.messages import mail
from polecam.organisation.models import Branch
from polecam.people import links as people_links
from polecam.people.models import Person, Welcome
from polecam.people.permissions import standing
from polecam.privacy import links as own_links
from polecam.privacy.models import Consent
from polecam.referrals import cards, links
from polecam.referrals.models import Referral
from polecam.surveys import links as survey_links
from polecam.surveys.models import Pulse, Survey
from polecam.web.access import ANYONE, PUBLIC, RULES
from tests import cast
from tests.cast import client
from tests.handoffs.support import an_offer
from tests.privacy.friend import answer, capture, say_yes, waiting
from tests.security.support import fresh
from tests.support.browser import DESKTOP, LOOKS, PHONE
from tests.support.world import World, every_address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSES_ON = {
    "home",
    "entry:sign_out",
    "entry:second",
    "entry:spare",
    "privacy:open",
    "privacy:export",
    "public:decline",
    "public:withdraw",
    "public:object",
    "public:erase",
    "public:talked",
    "public:instead",
    "answers:withdraw",
    "public:not_told",
    "shares:ask",
    "staff:meanwhile",
    "start:branch",
    "start:firm",
}
"""Addresses that lead elsewhere when they are only looked at."""
FILES = {
    "health:live",
    "health:ready",
    "mailing:report",
    "privacy:register_file",
    "effort:export",
    "evidence:mine_pdf",
    "evidence:pdf",
    "payroll:export",
    "payroll:file",
    "simulation:export",
    "imports:rejected_csv",
    "imports:rejected_xlsx",
    "statements:pdf",
    "statements:xlsx",
    "thanks:card",
    "rewards:file",
    "staff:records",
    "verify:pdf",
    "verify:text",
    "verify:proof",
}
FRAGMENTS = {
    "courage:before",
    "courage:card",
    "effort:card",
    "imports:progress",
    "branch:first",
    "fair:waiting",
    "portfolio:progress",
    "simulation:card",
    "surveys:progress",
}
"""Parts of a page, looked at with their page."""
SET_UP_OUTSIDE = {"health:metrics", "sso:go", "sso:back", "start:begin"}
"""There only where the operator has set something up, or before anything is: seen in tests of
their own."""
IGA = {"phone": "+48605673419", "email": "iga@poczta.example", "first_name": "Iga"}
BOTH_LANGUAGES = {"gallery:gallery", "privacy:person"}
"""Samples of both; what a person agreed to, in the words they read."""
FOREIGN = {
    "pl": re.compile(r"\b(the|and|you|your|with|this|that|from|are|was|has|have|not)\b"),
    "en": re.compile(r"\b(się|nie|jest|oraz|dla|przez|czy|już|są|twój|twoje)\b"),
}
"""Words that give away a text nobody translated."""
SEEN = """() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const words = [];
    while (texts.nextNode()) {
        const around = texts.currentNode.parentElement;
        const own = around.closest("[lang], [data-typed], textarea, script, style");
        if (!own || own === document.documentElement) words.push(texts.currentNode.data);
    }
    return {
        words: words.join(" "),
        lang: document.documentElement.lang,
        headings: document.querySelectorAll("h1").length,
        title: document.title,
        wide: document.documentElement.scrollWidth - innerWidth,
    };
}"""


def tail(path: str) -> str:
    """The token at the end of a path."""
    return path.strip("/").rpartition("/")[2]


@pytest.fixture
def inhabited(world, firm, marta, kamil, tomek, anna, ada, plan, at, settings, tmp_path) -> World:
    """The sample world, with people in every state a page needs."""
    settings.MAIL_ROOT = tmp_path / "mail"
    settings.EMAIL_BACKEND = "polecam.messages.mail.FileBackend"
    firm.is_demo = True
    firm.save(update_fields=["is_demo"])
    early = at - timedelta(days=20)
    setup.announce_monitoring(by=ada, at=early, on=early.date(), rule="Regulamin pracy, par. 14")
    seals = journal.seal_due(at=at)
    waits, no = (
        Ask.objects.create(client=anna, seller=marta, branch=anna.branch, asked_at=at, outcome=said)
        for said in ("open", "declined")
    )
    ewa = client(anna.branch, marta, "Ewa", "Lis", at=at)
    fresh = capture(ewa, marta, at, plan, name="Ola")
    unproven = capture(ewa, marta, at, plan, name="Jan")
    answer(unproven.invitation, at, phone="+48601673418", email="jan@poczta.example")
    agreed = say_yes(capture(anna, marta, at, plan).invitation, at, channels=["phone", "email"])
    mine = Consent.objects.filter(party=agreed.party).first()
    talked = say_yes(capture(ewa, marta, at, plan, name="Iga").invitation, at, **IGA)
    proposed, decided = a_proposal(talked, marta, kamil, tomek, at=at), a_decision(talked, at=at)
    welcome = Welcome.objects.get()
    invited = tail(links.friend_path(fresh.invitation))
    world.samples |= {
        "capture:sheet": waits.public_id,
        "capture:done": no.public_id,
        "capture:invitation": fresh.invitation.public_id,
        "capture:referral": fresh.public_id,
        "referrals:ref": agreed.public_id,
        "handoffs:referral": agreed.public_id,
        "handoffs:agree": proposed.public_id,
        "disputes:thing": agreed.public_id,
        "disputes:appeal": decided.public_id,
        "privacy:public_id": agreed.party.public_id,
        "proof:day": seals[-1].day.isoformat(),
        "demo:name": mail.write("email", "p@example.pl", "Zgoda", "https://x.example/"),
        "entry:ref": people_links.reference(welcome),
        "entry:uid": urlsafe_base64_encode(kamil.public_id.encode()),
        "entry:token": default_token_generator.make_token(kamil),
        "public:take": tail(links.client_path(fresh.invitation)),
        "public:confirm": tail(own_links.confirm_path(waiting(unproven)[0])),
        **dict.fromkeys(
            ["public:invitation", "public:decline", "public:sent", "public:declined"], invited
        ),
        "public:token": tail(own_links.friend_path(mine)),
        **of_answers(anna, at=at),
        **of_card(capture(ewa, marta, at, plan, name="Ula").invitation, at=at),
    }
    return world


def of_card(invitation, *, at) -> dict[str, str]:
    """A client's own page, with this invitation on it."""
    taken = invitations.take(invitation=invitation, at=at)
    return {"card:token": cards.ref(taken.card), "card:ref": taken.public_id}


def of_answers(anna, *, at) -> dict[str, str]:
    """Links of a survey, of the way to stop such e-mails, and of a pulse."""
    pulse = Pulse.objects.create(
        ask="0" * 15, client=anna, seller=anna.owner, branch=anna.branch, made_at=at,
        expires_at=at + timedelta(days=21),
    )  # fmt: skip
    return {
        "answers:token": survey_links.survey_ref(Survey.objects.get(client=anna)),
        "answers:stop": survey_links.stop_url(anna).split("/")[-3],
        "answers:pulse": survey_links.pulse_ref(pulse),
    }


def a_proposal(referral, giver, receiver, boss, *, at) -> Handoff:
    """A hand-off the boss proposed; its holder has not answered yet."""
    made, _absence = an_offer(referral, giver, receiver, at=at)
    Handoff.objects.filter(pk=made.pk).update(state="proposed", proposed_by=boss)
    return made


def a_decision(referral: Referral, *, at) -> Dispute:
    """A dispute that was decided and may be appealed against, between the sellers of the cast."""
    marta, kamil, tomek = (Person.objects.get(first_name=n) for n in ("Marta", "Kamil", "Tomasz"))
    case = Dispute.objects.create(
        referral=referral, branch=referral.branch, raised_by=kamil, about="referral",
        reason="worked", claimed_bp=3_000, contested_bp=3_000, state="decided", decider=tomek,
        raised_at=at, due_at=at + timedelta(days=7),
    )  # fmt: skip
    for person, before in ((marta, 10_000), (kamil, 0)):
        DisputeParty.objects.create(dispute=case, person=person, before_bp=before)
    DisputeDecision.objects.create(
        dispute=case, number=1, decider=tomek, outcome="rejected", rule="authorship",
        words="Marta przyniosła.", at=at,
    )  # fmt: skip
    return case


@dataclass
class Visit:
    """A page, who opens it, and how."""

    name: str
    path: str
    who: str
    size: dict[str, int]
    theme: str
    language: str


@dataclass
class Visitors:
    """Everyone of the branch, and a stranger, each with one session."""

    people: dict[str, Person | None]
    browsers: dict[str, Browser] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for who, person in self.people.items():
            self.browsers[who] = Browser(raise_request_exception=False, SERVER_NAME="localhost")
            if person:
                self.browsers[who].force_login(person)
                fresh(self.browsers[who])

    def let_in(self, name: str) -> Iterator[str]:
        """Who gets past the door of an address."""
        rule = RULES[name]
        for who, person in self.people.items():
            roles = set().union(*standing(person).roles.values()) if person else set()
            if (person is None) == (rule == PUBLIC) and (
                rule in (PUBLIC, ANYONE) or roles & set(rule)
            ):
                yield who


def visit(name: str, path: str, visitors: Visitors) -> Visit | str | None:
    """How a page is looked at; None for what is no page; else what is wrong with it."""
    if name in SET_UP_OUTSIDE:
        return None
    answers = []
    for who in visitors.let_in(name):
        answer = visitors.browsers[who].get(path)
        if answer.status_code == 405:
            return None
        if answer.status_code in (302, 303) and name in PASSES_ON:
            return None
        if answer.status_code == 200:
            if name in FILES | FRAGMENTS:
                return None
            number = zlib.crc32(name.encode())
            theme, language = LOOKS[number % len(LOOKS)]
            size = (PHONE, DESKTOP)[number // len(LOOKS) % 2]
            return Visit(name, path, who, size, theme, language)
        answers.append(f"{who}: {answer.status_code}")
    return f"{name} {path} opens for nobody ({', '.join(answers)})"


def look(page: Page, seen: Visit, axe) -> str:
    """What is wrong with a page; empty if nothing."""
    page.set_viewport_size(seen.size)
    page.emulate_media(color_scheme=seen.theme, reduced_motion="reduce")
    base = page.context.cookies()[0]["domain"]
    page.context.add_cookies(
        [{"name": "language", "value": seen.language, "domain": base, "path": "/"}]
    )
    page.goto(seen.path)
    found = page.evaluate(SEEN)
    foreign = FOREIGN[seen.language].findall(found["words"].lower())
    troubles = [
        f"{found['headings']} first headings" if found["headings"] != 1 else "",
        f"lang={found['lang']}" if found["lang"] != seen.language else "",
        "no title" if not found["title"].strip() else "",
        f"{found['wide']} px too wide" if found["wide"] > 0 else "",
        f"foreign words {foreign[:5]}" if foreign and seen.name not in BOTH_LANGUAGES else "",
    ]
    try:
        axe(page)
    except AssertionError as error:
        troubles.append(str(error))
    return "; ".join(filter(None, troubles))


@pytest.mark.sqlite  # looks the same on both; one pass of axe is enough
def test_every_page(inhabited, marta, kamil, tomek, ada, irena, pawel, new_page, axe, live_server):
    region = Branch.objects.create(name="Region", level="region", created_at=marta.created_at)
    regina = cast.person(region, "manager", "Regina", "Gorska", "f", at=datetime.now(UTC))
    visitors = Visitors(
        {
            "": None,
            "marta": marta,
            "tomek": tomek,
            "ada": ada,
            "irena": irena,
            "pawel": pawel,
            "regina": regina,
        }
    )
    visitors.browsers["irena"].post(
        reverse("privacy:open", args=[inhabited.samples["privacy:public_id"]]),
        {"reason": "access"},
    )
    pages: dict[str, Page] = {}
    wrong, looked = [], 0
    chosen = {"clients:assign": f"?owner={kamil.public_id}"}
    for name, pattern in every_address():
        path = reverse(name, kwargs=inhabited.arguments(name, pattern)) + chosen.get(name, "")
        how = visit(name, path, visitors)
        if isinstance(how, str):
            wrong.append(how)
        if not isinstance(how, Visit):
            continue
        if how.who not in pages:
            pages[how.who] = new_page(DESKTOP)
            for key, kept in visitors.browsers[how.who].cookies.items():
                pages[how.who].context.add_cookies(
                    [{"name": key, "value": kept.value, "url": live_server.url}]
                )
        looked += 1
        if trouble := look(pages[how.who], how, axe):
            wrong.append(
                f"{name} as {how.who or 'a stranger'} {how.theme} {how.language}: {trouble}"
            )
    assert not wrong, "\n".join(wrong)
    assert looked > 60
