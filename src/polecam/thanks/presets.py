"""Two-sided starting points for a catalogue, by line of business. Small and symbolic on purpose.

Size hardly matters, rewarding both or the friend does, and symbols work (Ryu and Feick 2007;
Verlegh et al. 2013; Gershon et al. 2020; Jin and Huang 2014). Worth in grosze is a proposal.
"""

from dataclasses import dataclass

from polecam.thanks.models import RewardOutcome, Side


@dataclass(frozen=True, slots=True)
class Proposal:
    """A reward as a preset proposes it."""

    side: str
    outcome: str
    title_pl: str
    title_en: str
    value_grosze: int


@dataclass(frozen=True, slots=True)
class Thing:
    """What is given, in both languages, and its worth."""

    pl: str
    en: str
    grosze: int


BOOK = Thing("Książka z osiedlowej księgarni", "A book from the local bookshop", 4_000)
COFFEE = Thing("Kawa i ciasto", "Coffee and cake", 3_500)
SHELTER = Thing("30 zł dla schroniska dla zwierząt", "30 zł for the animal shelter", 3_000)
TABLE: dict[str, tuple[Thing, Thing, Thing]] = {
    "bank": (
        BOOK,
        COFFEE,
        Thing("30 zł dla hospicjum w mieście", "30 zł for the hospice in town", 3_000),
    ),
    "insurance": (
        Thing("Apteczka do samochodu", "A first-aid kit for the car", 4_500),
        Thing("Kamizelka i latarka", "A reflective vest and a torch", 3_500),
        Thing("30 zł dla straży ochotniczej", "30 zł for the volunteer firefighters", 3_000),
    ),
    "real_estate": (
        Thing("Sadzonka drzewa", "A young tree", 4_500),
        Thing("Chleb i sól na nowe mieszkanie", "Bread and salt for the new home", 3_500),
        SHELTER,
    ),
    "telco": (
        COFFEE,
        Thing("Bilet do kina", "A cinema ticket", 3_500),
        Thing("30 zł dla biblioteki szkolnej", "30 zł for a school library", 3_000),
    ),
    "cars": (
        Thing("Mycie samochodu", "A car wash", 4_000),
        Thing("Skrobaczka i termos na zimę", "An ice scraper and a flask for winter", 4_000),
        Thing("30 zł dla ratowników drogowych", "30 zł for roadside rescuers", 3_000),
    ),
    "b2b": (BOOK, COFFEE, SHELTER),
    "other": (COFFEE, BOOK, SHELTER),
}
"""For both, for the friend, for charity, by line of business."""


def for_business(business: str) -> dict[str, Proposal]:
    """The presets of a line of business, by code: `both`, `friend`, `charity`."""
    both, friend, charity = TABLE.get(business, TABLE["other"])
    return {
        "both": _proposal(Side.BOTH, RewardOutcome.TALK, both),
        "friend": _proposal(Side.FRIEND, RewardOutcome.TALK, friend),
        "charity": _proposal(Side.CHARITY, RewardOutcome.CONSENT, charity),
    }


def _proposal(side: str, outcome: str, thing: Thing) -> Proposal:
    return Proposal(side, outcome, thing.pl, thing.en, thing.grosze)
