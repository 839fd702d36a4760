"""How a branch begins: the firm, its people, its clients, and some more from a file."""

from datetime import date

from polecam.actions import (
    clients,
    engagements,
    imports,
    people,
    recognition,
    setup,
)
from polecam.asking import words
from polecam.files import intake
from polecam.imports.models import Import
from polecam.people.models import Welcome
from tests.soak.diary import Diary, branch, nth, who

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
