"""The people of Oddział Podgórze, Bank Olszyna."""

from dataclasses import dataclass

from polecam.people.models import Role

PASSWORD = "liscie-na-galezi-2026"  # noqa: S105 - printed for everyone; a demo is on loopback only


@dataclass(frozen=True)
class Colleague:
    """One person of the demo, and how they are about asking.

    `asks_a_week`: how often they ask; `warmth`: multiplies the chance of a yes; `in_feed`: agrees
    to appear in good news.
    """

    first: str
    last: str
    form: str
    role: str
    title: str
    asks_a_week: float = 0
    warmth: float = 1
    in_feed: bool = True


SELLERS = (
    Colleague("Marta", "Zielińska", "f", Role.SELLER, "doradczyni", 3.6, 1.05),
    Colleague("Kamil", "Duda", "m", Role.SELLER, "doradca", 4.8, 1.1),
    Colleague("Ola", "Pietrzak", "f", Role.SELLER, "doradczyni", 3.4),
    Colleague("Natalia", "Król", "f", Role.SELLER, "starsza doradczyni", 4.4, 1.1),
    Colleague("Bartek", "Sowa", "m", Role.SELLER, "doradca", 2.8, 0.85),
    Colleague("Ewa", "Lipiec", "f", Role.SELLER, "doradczyni", 2.2, 0.8, in_feed=False),
    Colleague("Paweł", "Górka", "m", Role.SELLER, "doradca", 3.2),
    Colleague("Grażyna", "Madej", "f", Role.SELLER, "starsza doradczyni", 3.8, 1.05),
    Colleague("Nina", "Adamczyk", "f", Role.SELLER, "doradczyni", 1.6, 0.9),
    Colleague("Rafał", "Mróz", "m", Role.SELLER, "doradca kredytowy", 3.0),
    Colleague("Zuzanna", "Borek", "f", Role.SELLER, "doradczyni", 2.6, in_feed=False),
    Colleague("Marcin", "Czaja", "m", Role.SELLER, "doradca firmowy", 3.3, 0.95),
)
BOSS = Colleague("Tomasz", "Wrona", "m", Role.MANAGER, "szef oddziału", 2.4)
ADMIN = Colleague("Ada", "Maj", "f", Role.ADMIN, "administratorka")
OFFICE = (
    ADMIN,
    Colleague("Irena", "Wilk", "f", Role.DPO, "inspektorka ochrony danych"),
    Colleague("Roman", "Urban", "m", Role.PAYROLL, "kadry i płace"),
)


def email(colleague: Colleague) -> str:
    """`marta.zielinska@olszyna.example`."""
    from polecam.kit.names import fold

    return f"{fold(colleague.first)}.{fold(colleague.last)}@olszyna.example"
