"""A small branch from its first day: founded, people invited, friends recommended, won and paid."""

from datetime import date, timedelta

from polecam.actions import (
    absences,
    asks,
    clients,
    confirmations,
    consents,
    courage,
    engagements,
    extras,
    goals,
    handoff_answers,
    handoff_friend,
    handoffs,
    imports,
    invitations,
    meetings,
    moments,
    notebook,
    objections,
    people,
    proposals,
    recognition,
    referrals,
    referrals_work,
    sales,
    setup,
    skills,
    warmth,
)
from polecam.asking import words
from polecam.asking.models import Ask
from polecam.claims.models import Handoff, ShareProposal
from polecam.claims.rules import Part
from polecam.files import intake
from polecam.imports.models import Import
from polecam.kit.periods import day_of
from polecam.people.models import Absence, Welcome
from polecam.privacy.models import Consent
from polecam.recognition.models import Praise
from polecam.referrals.models import Invitation, Meeting
from polecam.sales.models import Sale
from tests.soak.diary import DAY, HOUR, SOON, Diary, branch, client, nth, referral, who

ZONE = "Europe/Warsaw"
PEOPLE = (
    ("Ada", "Maj", "f", "admin"),
    ("Tomasz", "Wrona", "m", "manager"),
    ("Marta", "Zielinska", "f", "seller"),
    ("Kamil", "Duda", "m", "seller"),
    ("Ola", "Pietrzak", "f", "seller"),
    ("Irena", "Sowa", "f", "dpo"),
    ("Roman", "Urban", "m", "payroll"),
)
CLIENTS = (
    ("Anna", "Kowalczyk", "f", "Marta"),
    ("Jan", "Wilk", "m", "Marta"),
    ("Monika", "Lech", "f", "Marta"),
    ("Ewa", "Sikora", "f", "Kamil"),
    ("Olga", "Lis", "f", "Kamil"),
    ("Barbara", "Mazur", "f", "Ola"),
    ("Jakub", "Malec", "m", "Tomasz"),
)
FILE = (
    "Nr klienta;Imię i nazwisko;Telefon;E-mail;Opiekun;Klient od;Produkt\n"
    + "".join(
        f"K{n};Stanisław Solak{chr(97 + n % 26)}{chr(97 + n // 26)};601 673 {n:03};"
        f"klient{n}@przyklad.pl;Marta Zielinska;28.10.2016;konto\n"
        for n in range(320)
    )
    + "K900;;795 358 648;e@przyklad.pl;Marta Zielinska;18.06.2018;leasing\n"
)
PASSWORD = "spokojna-rozmowa-2026"


def founding(does: Diary) -> None:
    """The firm, its branch, its people, its plan, its clients."""
    does(
        "the firm",
        lambda at: setup.create_organisation(
            by=None, at=at, name="Bank Olszyna", address="ul. Leśna 1, 30-001 Kraków",
            privacy_contact="iod@olszyna.example",
        ),
    )  # fmt: skip
    does("the branch", lambda at: setup.open_branch(by=None, at=at, name="Podgórze", city="Kraków"))
    does("the words", lambda at: words.install(at))
    does(
        "the notice",
        lambda at: setup.announce_monitoring(by=None, at=at, on=at.date(), rule="Regulamin, 14"),
    )
    for first, last, form, role in PEOPLE:
        _joins(does, first, last, form, role)
    for first, last, form, owner in CLIENTS:
        does(f"client {first}", lambda at, one=(first, last, form, owner): _client(one, at))


def _joins(does: Diary, first: str, last: str, form: str, role: str) -> None:
    address = f"{first}.{last}@olszyna.example".lower()
    does(
        f"invite {first}",
        lambda at: people.invite(
            by=None if first == "Ada" else who("Ada"), at=at, email=address, branch=branch(),
            role=role, first_name=first, last_name=last,
        ),
    )  # fmt: skip
    does(
        f"{first} joins",
        lambda at: people.accept_invitation(
            at=at, welcome=Welcome.objects.get(email=address), password=PASSWORD,
            first_name=first, last_name=last, form=form,
        ),
        bare=True,
    )  # fmt: skip
    does(f"{first} reads", lambda at: people.acknowledge_notice(by=who(first), at=at))
    if role in ("seller", "manager"):
        does(
            f"{first} engaged",
            lambda at: engagements.engage(
                by=who("Ada"), at=at, person=who(first), kind="employment", since=at.date()
            ),
        )
        does(f"{first} in feed", lambda at: recognition.join_feed(by=who(first), at=at))


def _client(one: tuple[str, str, str, str], at) -> None:
    first, last, form, owner = one
    number = [row[0] for row in CLIENTS].index(first)
    clients.add(
        by=who("Ada") if owner == "Tomasz" else who("Tomasz"), at=at, branch=branch(),
        first_name=first, last_name=last, form=form, owner=who(owner), number=f"P{number}",
        phone=f"60033355{number}", email=f"{first}@przyklad.example".lower(),
        since=date(2019, 4, 1), product="rachunek",
    )  # fmt: skip


def a_file(does: Diary) -> None:
    """Three hundred clients from a file, with one row that is refused."""
    does(
        "a file",
        lambda at: imports.preview(
            by=who("Tomasz"), at=at, branch=branch(), kind="clients", filename="k.csv",
            raw=intake.seal([FILE.encode()]),
        ),
    )  # fmt: skip
    does(
        "the file begins",
        lambda at: imports.start(by=who("Tomasz"), at=at, job=nth(Import.objects.all(), -1)),
    )
    does(
        "another file",
        lambda at: imports.preview(
            by=who("Tomasz"), at=at, branch=branch(), kind="clients", filename="l.csv",
            raw=intake.seal([FILE[:400].encode()]),
        ),
    )  # fmt: skip
    does(
        "that file goes",
        lambda at: imports.cancel(by=who("Tomasz"), at=at, job=nth(Import.objects.all(), -1)),
    )


def asking(does: Diary) -> None:
    """Moments, asks, answers: yes, later, no, taken back."""
    does(
        "a moment",
        lambda at: moments.note_moment(
            by=who("Marta"), at=at, client=client(0), kind="praise", on=day_of(at, ZONE)
        ),
    )
    does("a guess", lambda at: courage.guess(by=who("Marta"), at=at, client=client(0), percent=50))
    does(
        "an ask",
        lambda at: asks.record(by=who("Marta"), at=at, client=client(0), key="ask-0"),
        bare=True,
    )
    does(
        "a name",
        lambda at: referrals.capture(
            by=who("Marta"), at=at, client=client(0), first_name="Piotr", key="cap-0", kind="asked",
            ask=nth(Ask.objects.all(), -1),
        ),
        bare=True,
    )  # fmt: skip
    does(
        "how warm",
        lambda at: warmth.set_warmth(by=who("Marta"), at=at, referral=referral(0), warmth="told"),
    )
    does(
        "another ask",
        lambda at: asks.record(by=who("Kamil"), at=at, client=client(3), key="a1"),
        bare=True,
    )
    does(
        "later",
        lambda at: asks.answer(
            by=who("Kamil"), at=at, ask=nth(Ask.objects.all(), -1), outcome="later",
            later_on=day_of(at, ZONE) + 30 * DAY,
        ),
    )  # fmt: skip
    does(
        "a third ask",
        lambda at: asks.record(by=who("Ola"), at=at, client=client(5), key="a2"),
        bare=True,
    )
    does(
        "taken back",
        lambda at: asks.undo(by=who("Ola"), at=at, ask=nth(Ask.objects.all(), -1)),
        SOON,
    )
    does(
        "a page of the notebook",
        lambda at: notebook.write(by=who("Kamil"), at=at, kind="refused", what="Za wcześnie."),
    )
    does("a goal", lambda at: asks.set_goal(by=who("Marta"), at=at, asks=5))
    does("a wish", lambda at: goals.set_money_goal(by=who("Kamil"), at=at, amount_grosze=50_000))
    does(
        "praise",
        lambda at: recognition.praise(
            by=who("Kamil"), at=at, receiver=who("Marta"), text="Brawo za rozmowę"
        ),
    )
    does(
        "a clap",
        lambda at: recognition.clap(by=who("Ola"), at=at, praise=nth(Praise.objects.all(), -1)),
    )
    does(
        "skills",
        lambda at: skills.set_skills(
            by=who("Kamil"), at=at, languages=("de",), needs=("firm",), places="Skawina"
        ),
    )
    does(
        "rests", lambda at: clients.rest_until(
            by=who("Ola"), at=at, client=client(5), until=day_of(at, ZONE) + timedelta(days=40)
        ),
    )  # fmt: skip


FRIENDS = (
    # whose client, friend, number, channels
    (1, "Ewa", "Bielak", "+48602673411", ["phone", "sms"]),
    (3, "Adam", "Nowak", "+48602673412", ["phone"]),
    (4, "Zofia", "Lis", "+48602673413", ["email"]),
    (6, "Rafał", "Mróz", "+48602673414", ["phone"]),
    (2, "Nina", "Krol", "+48602673415", ["phone", "email"]),
)


def friends(does: Diary, most: int = len(FRIENDS)) -> None:
    """Friends are named, take the invitation, say yes and confirm; one says no."""
    does(
        "taken along",
        lambda at: invitations.take(invitation=referral(0).invitation, at=at),
        bare=True,
    )
    _says_yes(does, 0, ("Piotr", "Nowak", "+48601673417", ["phone", "email"]))
    for number, (client_number, first, last, phone, channels) in enumerate(FRIENDS[:most], 1):
        does(
            f"{first} is named",
            lambda at, n=number, c=client_number, f=first: referrals.capture(
                by=client(c).owner, at=at, client=client(c), first_name=f, key=f"cap-{n}",
                kind="spontaneous",
            ),
            bare=True,
        )  # fmt: skip
        _says_yes(does, number, (first, last, phone, channels))
    if most < len(FRIENDS):
        return
    does(
        "one more is named",
        lambda at: referrals.capture(
            by=who("Ola"), at=at, client=client(5), first_name="Karol", key="cap-6",
            kind="spontaneous",
        ),
        bare=True,
    )  # fmt: skip
    does(
        "no, thank you",
        lambda at: objections.decline(invitation=referral(6).invitation, at=at),
        bare=True,
    )
    does(
        "named by mistake",
        lambda at: referrals.capture(
            by=who("Ola"), at=at, client=client(5), first_name="Ktoś", key="cap-7",
            kind="spontaneous",
        ),
        bare=True,
    )  # fmt: skip
    does("undone", lambda at: referrals.undo(by=who("Ola"), at=at, referral=referral(7)), SOON)
    does(
        "a link for many",
        lambda at: invitations.make(by=who("Ola"), at=at, client=client(5), reusable=True),
    )
    does(
        "through the link",
        lambda at: _answers(nth(Invitation.objects.all(), -1), at, "wide"),
        bare=True,
    )


def _answers(invitation: Invitation, at, key: str) -> object:
    return consents.consent(
        invitation=invitation, at=at, first_name="Iga", last_name="Wrona", phone="+48602673499",
        channels=["phone"], key=key,
    )  # fmt: skip


def _says_yes(does: Diary, number: int, said: tuple[str, str, str, list[str]]) -> None:
    first, last, phone, channels = said
    does(
        f"{first} says yes",
        lambda at: consents.consent(
            invitation=referral(number).invitation, at=at, first_name=first, last_name=last,
            phone=phone, email=f"{last}@poczta.example".lower(), channels=channels,
            preferred=channels[0], may_tell=True, key=f"yes-{number}",
        ),
        bare=True,
    )  # fmt: skip
    does(f"{first} confirms", lambda at: _confirm_all(number, at), bare=True)


def _confirm_all(number: int, at) -> None:
    """Every link that was sent is opened; again, where the answer was lost."""
    for consent in Consent.objects.filter(referral=referral(number).public_id).order_by("pk"):
        if consent.confirmed_at is None:
            confirmations.confirm(consent=consent, at=at)


def working(does: Diary) -> None:
    """Calls, meetings, sales, hand-offs, a split, an absence."""
    for number in (0, 1, 2):
        _meets(does, number)
    does(
        "nothing comes of it",
        lambda at: referrals_work.lose(
            by=who("Kamil"), at=at, referral=referral(2), reason="not_now"
        ),
    )
    does(
        "a step",
        lambda at: referrals_work.plan_step(
            by=who("Kamil"), at=at, referral=referral(3), step="call",
            on=day_of(at, ZONE) + DAY,
        ),
    )  # fmt: skip
    does(
        "an offer",
        lambda at: handoffs.offer(
            by=who("Kamil"), at=at, referral=referral(3), kind="product", receiver=who("Ola")
        ),
    )
    does(
        "accepted",
        lambda at: handoff_answers.accept(
            by=who("Ola"), at=at, handoff=nth(Handoff.objects.all(), -1)
        ),
    )
    does(
        "the friend agrees",
        lambda at: handoff_friend.answer_handoff(
            consent=Consent.objects.filter(referral=referral(3).public_id).first(), at=at,
            handoff=nth(Handoff.objects.all(), -1), yes=True,
        ),
        bare=True,
    )  # fmt: skip
    does(
        "an offer nobody wants",
        lambda at: handoffs.offer(
            by=who("Marta"), at=at, referral=referral(5), kind="product", receiver=who("Kamil")
        ),
    )
    does(
        "declined",
        lambda at: handoff_answers.decline(
            by=who("Kamil"), at=at, handoff=nth(Handoff.objects.all(), -1)
        ),
    )
    does(
        "a split",
        lambda at: proposals.propose(
            by=who("Marta"), at=at, referral=referral(1), reason="joint",
            parts=[
                Part(who("Marta").pk, 6_000, "introducer"),
                Part(who("Kamil").pk, 4_000, "closer"),
            ],
        ),
    )  # fmt: skip
    does(
        "another split",
        lambda at: proposals.propose(
            by=who("Kamil"), at=at, referral=referral(1), reason="joint",
            parts=[
                Part(who("Marta").pk, 5_000, "introducer"),
                Part(who("Kamil").pk, 5_000, "closer"),
            ],
        ),
    )  # fmt: skip
    does(
        "Marta agrees",
        lambda at: proposals.answer(
            by=who("Marta"), at=at, proposal=nth(ShareProposal.objects.all(), -1), agrees=True
        ),
    )
    does(
        "Ola goes away",
        lambda at: absences.plan(
            by=who("Ola"), at=at, person=who("Ola"), since=day_of(at, ZONE),
            until=day_of(at, ZONE) + 2 * DAY, cover=who("Marta"),
        ),
    )  # fmt: skip
    does(
        "Ola is back",
        lambda at: absences.end(by=who("Ola"), at=at + DAY, absence=nth(Absence.objects.all(), -1)),
    )
    does(
        "a budget",
        lambda at: setup.set_setting(
            by=who("Ada"), at=at, key="extra_month_grosze", value=9_000, why="Próba"
        ),
    )
    does(
        "a mentor",
        lambda at: extras.give(
            by=who("Tomasz"), at=at, referral=referral(1), person=who("Ola"), role="mentor"
        ),
    )


def _meets(does: Diary, number: int) -> None:
    def leader():
        return referral(number).originator

    does(
        f"call {number}",
        lambda at: referrals_work.log_contact(
            by=leader(), at=at, referral=referral(number), channel="phone", result="reached",
            key=f"call-{number}",
        ),
        bare=True,
    )  # fmt: skip
    does(
        f"meeting {number}",
        lambda at: referrals_work.set_meeting(
            by=leader(), at=at, referral=referral(number), meeting_at=at + HOUR / 2
        ),
    )
    does(
        f"met {number}",
        lambda at: referrals_work.hold_meeting(
            by=leader(), at=at, meeting=Meeting.objects.get(referral=referral(number))
        ),
    )
    does(
        f"talk {number} confirmed",
        lambda at: meetings.confirm(
            by=who("Tomasz"), at=at, meeting=Meeting.objects.get(referral=referral(number))
        ),
    )


def selling(does: Diary) -> None:
    """Two sales; one of them is under a complaint for a while."""
    for number in (0, 1):
        does(
            f"sale {number}",
            lambda at, n=number: sales.report(
                by=who("Marta"), at=at, referral=referral(n), value_grosze=9_000_001,
                margin_grosze=436_007, sold_on=day_of(at, ZONE), contract=f"U/{n}",
            ),
        )  # fmt: skip
        does(
            f"sale {number} confirmed",
            lambda at, n=number: sales.confirm(
                by=who("Tomasz"), at=at, sale=nth(Sale.objects.all(), n)
            ),
        )
