"""The officer's desk of the demo: requests with deadlines, a campaign signed, one in draft."""

from datetime import datetime, timedelta
from typing import Any

from polecam.actions import balancing, person_requests
from polecam.demo.found import World
from polecam.demo.people import ADMIN

REQUESTS = (
    # surname of a known client ("" = only a letter), kind, how it came, days ago
    ("Malec", "access", "email", 24),
    ("Sikora", "rectify", "phone", 6),
    ("", "erase", "letter", 2),
)
INVITE: dict[str, Any] = {
    "title": "Karty dla klientów po wypłacie odszkodowania",
    "interest": "Chcemy, żeby zadowolony klient miał pod ręką link, gdy ktoś zapyta go o bank.",
    "necessity": "Doradca rozmawia osobiście; karta tylko przypomina. Łagodniejszej drogi nie ma.",
    "balance": "Klient zna doradcę i spodziewa się słowa po dobrym finale. Jedna wiadomość, bez "
    "ponaglania; kto odmówił, nie dostaje nic.",
    "safeguards": "Limit kontaktów, przycisk „nie proście mnie więcej”, żadnych numerów znajomych.",
}
RENEWAL: dict[str, Any] = {
    "title": "Ankieta po odnowieniu polisy",
    "interest": "Chcemy wiedzieć, czy odnowienie było dla klienta wygodne.",
    "necessity": "Telefon byłby większym kłopotem niż jedno pytanie.",
    "balance": "Do omówienia z inspektorem: jak często i czy także w oddziałach bez opiekuna.",
    "safeguards": "Raz na pół roku, jedno pytanie, odpowiedź można cofnąć.",
}


def desk(world: World, *, at: datetime) -> None:
    """Three requests that wait, one answered; two campaigns weighed by the admin."""
    officer, admin = world.people["Irena"], world.people[ADMIN.first]
    today = at.date()
    for surname, kind, came, ago in REQUESTS:
        person_requests.note(
            by=officer,
            at=at,
            kind=kind,
            party=world.known[surname].party if surname else None,
            who="" if surname else "Pan Edward Zych, list polecony, Kraków",
            came=came,
            received_on=today - timedelta(days=ago),
        )
    answered = person_requests.note(
        by=officer,
        at=at,
        kind="access",
        who="Pani Zofia Maj, e-mail",
        came="email",
        received_on=today - timedelta(days=9),
    )
    person_requests.finish(by=officer, at=at, request=answered, outcome="nothing_kept")
    test = balancing.write(by=admin, at=at, **INVITE)
    balancing.sign(by=officer, at=at, test=test, passes=True, review_on=today + timedelta(days=365))
    balancing.write(by=admin, at=at, **RENEWAL)
